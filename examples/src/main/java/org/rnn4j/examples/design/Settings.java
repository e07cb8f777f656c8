package org.rnn4j.examples.design;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.rnn4j.backend.Activation;
import org.rnn4j.examples.design.Kinds.Rate;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.RecurrentSpec;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.Truncation;
import org.rnn4j.train.EarlyStopping;

/** All settings of a {@link Design}, in the order in which they are shown. */
public final class Settings {
  private static final List<Setting<?>> ALL = new ArrayList<>();

  /** How texts are cleaned. */
  public static final Setting<TextCleaner> CLEANING =
      add(
          Group.READING,
          "cleaning",
          "KIND",
          Format.choice(
              entry("standard", TextCleaner.standard()),
              entry("tweets", TextCleaner.tweets()),
              entry("none", TextCleaner.none())),
          "standard",
          "How texts are cleaned: standard, tweets (URLs, mentions, hashtags, numbers and "
              + "elongated words evened out too) or none.");

  /** What counts as a token. */
  public static final Setting<Tokenizer> TOKENIZER =
      add(
          Group.READING,
          "tokenizer",
          "KIND",
          Format.choice(
              entry("standard", Tokenizer.standard()),
              entry("words", Tokenizer.wordsOnly()),
              entry("tweets", Tokenizer.tweets())),
          "standard",
          "What counts as a token: standard (words, marks, emoji), words alone, or tweets "
              + "(emoticons and what tweets' cleaning leaves too).");

  /** Which words are left out. */
  public static final Setting<StopWords> STOP_WORDS =
      add(
          Group.READING,
          "stop-words",
          "KIND",
          Format.choice(
              entry("none", StopWords.none()),
              entry("english", StopWords.english()),
              entry(
                  "english-negations",
                  StopWords.english()
                      .with(StopWords.englishNegations().words().toArray(String[]::new)))),
          "none",
          "Words that are left out: none, english (negations stay), or english-negations "
              + "(they go too).");

  /** Most words that are known. */
  public static final Setting<Integer> MAX_WORDS =
      add(
          Group.READING,
          "max-words",
          "N",
          Format.whole(3),
          "20000",
          "Most words that are known, the most frequent ones, two reserved ids among them.");

  /** How often a word must occur. */
  public static final Setting<Integer> MIN_FREQUENCY =
      add(
          Group.READING,
          "min-frequency",
          "N",
          Format.whole(1),
          "2",
          "How often a word must occur in the training texts to be known.");

  /** Most tokens that are read of a text. */
  public static final Setting<Integer> MAX_LENGTH =
      add(
          Group.READING,
          "max-length",
          "N",
          Format.whole(1),
          "200",
          "Most tokens that are read of a text.");

  /** Which end of a text that is too long is read. */
  public static final Setting<Truncation.Keep> KEEP =
      add(
          Group.READING,
          "keep",
          "END",
          Format.choice(entry("last", Truncation.Keep.LAST), entry("first", Truncation.Keep.FIRST)),
          "last",
          "Which tokens of a longer text are read: the last or the first.");

  /** Size of a word's vector. */
  public static final Setting<Integer> EMBEDDING =
      add(Group.WORDS, "embedding", "N", Format.whole(1), "128", "Size of a word's vector.");

  /** Where the words' vectors start. */
  public static final Setting<Double> EMBEDDING_LIMIT =
      add(
          Group.WORDS,
          "embedding-limit",
          "LIMIT",
          Format.notNegative(),
          "0.05",
          "How far from 0 the numbers of words' vectors start at most.");

  /** Pretrained vectors. */
  public static final Setting<Optional<Vectors>> VECTORS =
      add(
          Group.WORDS,
          "vectors",
          "FILE[:frozen]",
          Vectors.formatOfSetting(),
          "none",
          "Pretrained vectors to start from; frozen are not trained. The format is seen from the "
              + "file, or named as in FILE:glove, FILE:word2vec-text, FILE:word2vec-binary.");

  /** The recurrent layers' cell. */
  public static final Setting<IntFunction<RecurrentSpec>> CELL =
      add(
          Group.NETWORK,
          "cell",
          "KIND",
          Format.<IntFunction<RecurrentSpec>>choice(
              entry("gru", Gru::spec), entry("lstm", Lstm::spec), entry("simple", SimpleRnn::spec)),
          "gru",
          "Cell of the recurrent layers: gru, lstm or simple.");

  /** Sizes of the recurrent layers. */
  public static final Setting<List<Integer>> LAYERS =
      add(
          Group.NETWORK,
          "layers",
          "N,…",
          Format.sizes(),
          "64",
          "Sizes of the recurrent layers, from first to last.");

  /** Whether layers read both ways, and how these are put together. */
  public static final Setting<Optional<Merge>> BIDIRECTIONAL =
      add(
          Group.NETWORK,
          "bidirectional",
          "MERGE",
          Format.choice(
              entry("none", Optional.<Merge>empty()),
              entry("concat", Optional.of(Merge.CONCAT)),
              entry("sum", Optional.of(Merge.SUM)),
              entry("mean", Optional.of(Merge.MEAN)),
              entry("product", Optional.of(Merge.PRODUCT))),
          "none",
          "Layers read texts from both ends, which are put together by concat, sum, mean or "
              + "product; none reads forwards only.",
          "concat");

  /** Truncated backpropagation through time. */
  public static final Setting<Integer> TRUNCATION =
      add(
          Group.NETWORK,
          "truncation",
          "N",
          Format.whole(0),
          "0",
          "Tokens through which gradients flow back at most; 0 for all.");

  /** Normalisation of layers. */
  public static final Setting<Boolean> LAYER_NORM =
      add(
          Group.NETWORK,
          "layer-norm",
          "true|false",
          Format.truth(),
          "false",
          "Whether each recurrent layer's outputs are normalised.",
          "true");

  /** Residual connections. */
  public static final Setting<Boolean> RESIDUAL =
      add(
          Group.NETWORK,
          "residual",
          "true|false",
          Format.truth(),
          "false",
          "Whether layers that are as wide as what they read have it added to their outputs.",
          "true");

  /** From a row for each token to one for each text. */
  public static final Setting<Variant<LayerSpec>> POOLING =
      add(
          Group.NETWORK,
          "pooling",
          "KIND",
          Format.kinds(Kinds.pooling()),
          "last",
          "What is taken of the tokens' outputs.");

  /** The last layer. */
  public static final Setting<Activation> HEAD =
      add(
          Group.NETWORK,
          "head",
          "KIND",
          Format.choice(entry("softmax", Activation.SOFTMAX), entry("sigmoid", Activation.SIGMOID)),
          "softmax",
          "Last layer: softmax with a neuron for each label, or one sigmoid neuron for two.");

  /** Words that are read as unknown. */
  public static final Setting<Double> WORD_DROPOUT =
      rate("word-dropout", "That a word is read as the unknown word.");

  /** Tokens whose vectors are zero. */
  public static final Setting<Double> TOKEN_DROPOUT =
      rate("token-dropout", "That a token's vector is zero.");

  /** Words whose vectors are zero at all their places. */
  public static final Setting<Double> EMBEDDING_DROPOUT =
      rate("embedding-dropout", "That a word's vector is zero, at all its places in a text.");

  /** Single numbers of the words' vectors. */
  public static final Setting<Double> VALUE_DROPOUT =
      rate("value-dropout", "That a single number of the words' vectors is zero.");

  /** Features of the words' vectors. */
  public static final Setting<Double> FEATURE_DROPOUT =
      rate("feature-dropout", "That a feature of the words' vectors is zero in the whole text.");

  /** What recurrent layers remember. */
  public static final Setting<Double> RECURRENT_DROPOUT =
      rate("recurrent-dropout", "That a gate does not see a number of the state before.");

  /** Between recurrent layers. */
  public static final Setting<Double> LAYER_DROPOUT =
      rate("layer-dropout", "That a number between two recurrent layers is zero.");

  /** Before the last layer. */
  public static final Setting<Double> HEAD_DROPOUT =
      rate("dropout", "That a number that the last layer reads is zero.");

  /** How much of the labels' certainty is spread. */
  public static final Setting<Double> LABEL_SMOOTHING =
      add(
          Group.REGULARISATION,
          "label-smoothing",
          "SHARE",
          Format.share(),
          "0",
          "How much of a label's certainty is spread over all of them.");

  /** Whether labels count alike however frequent they are. */
  public static final Setting<Boolean> CLASS_WEIGHTS =
      add(
          Group.REGULARISATION,
          "class-weights",
          "KIND",
          Format.choice(entry("none", false), entry("balanced", true)),
          "none",
          "none, or balanced: rare labels count more, so that all count alike.",
          "balanced");

  /** A penalty on large weights. */
  public static final Setting<Double> L2 =
      add(
          Group.REGULARISATION,
          "l2",
          "FACTOR",
          Format.notNegative(),
          "0",
          "Penalty on large weights, without biases and words' vectors.");

  /** A limit on large weights. */
  public static final Setting<Double> MAX_NORM =
      add(
          Group.REGULARISATION,
          "max-norm",
          "LIMIT",
          Format.notNegative(),
          "0",
          "Greatest norm of the weights that lead into a unit; 0 for none.");

  /** What is done to large gradients. */
  public static final Setting<Variant<GradientClipping>> CLIP =
      add(
          Group.REGULARISATION,
          "clip",
          "KIND:LIMIT",
          Format.kinds(Kinds.clippings()),
          "none",
          "Limit of gradients: of their norm, of each parameter's norm, or of each value.");

  /** How weights follow from gradients. */
  public static final Setting<Variant<Optimizer>> OPTIMIZER =
      add(
          Group.LEARNING,
          "optimizer",
          "KIND[:…]",
          Format.kinds(Kinds.optimizers()),
          "adam",
          "How weights follow from gradients.");

  /** How the learning rate changes. */
  public static final Setting<Variant<Rate>> SCHEDULE =
      add(
          Group.LEARNING,
          "schedule",
          "KIND[:…]",
          Format.kinds(Kinds.schedules()),
          "constant",
          "How the learning rate changes; every and warmup count steps.");

  /** Texts in a batch. */
  public static final Setting<Integer> BATCH_SIZE =
      add(Group.LEARNING, "batch-size", "N", Format.whole(1), "32", "Texts in a batch.");

  /** Batches of a step. */
  public static final Setting<Integer> BATCHES_PER_STEP =
      add(
          Group.LEARNING,
          "batches-per-step",
          "N",
          Format.whole(1),
          "1",
          "Batches whose gradients are added up for a step.");

  /** Rounds through the training texts. */
  public static final Setting<Integer> EPOCHS =
      add(
          Group.LEARNING,
          "epochs",
          "N",
          Format.whole(1),
          "5",
          "Rounds through the training texts.");

  /** When a training ends before its last epoch. */
  public static final Setting<Variant<Optional<EarlyStopping>>> EARLY_STOPPING =
      add(
          Group.LEARNING,
          "early-stopping",
          "KIND[:…]",
          Format.kinds(Kinds.stoppings()),
          "none",
          "Ends the training when what is watched of the validation gets no better.",
          "loss");

  /** What is left of the weights. */
  public static final Setting<Double> AVERAGING =
      add(
          Group.LEARNING,
          "averaging",
          "DECAY",
          Format.share(),
          "0",
          "Decay of the average over steps that is left in place of the last weights; 0 for none.");

  /** What everything random is drawn from. */
  public static final Setting<Long> SEED =
      add(
          Group.LEARNING,
          "seed",
          "N",
          Format.seed(),
          "1",
          "What weights, order and dropout are drawn from: the same seed gives the same model.");

  private Settings() {}

  /** All of them in order. */
  public static List<Setting<?>> all() {
    return Collections.unmodifiableList(ALL);
  }

  private static Setting<Double> rate(String name, String description) {
    return add(Group.DROPOUT, name, "RATE", Format.share(), "0", description);
  }

  private static <T> Setting<T> add(
      Group group,
      String name,
      String label,
      Format<T> format,
      String standard,
      String description) {
    return add(group, name, label, format, standard, description, "");
  }

  private static <T> Setting<T> add(
      Group group,
      String name,
      String label,
      Format<T> format,
      String standard,
      String description,
      String bare) {
    Setting<T> setting =
        new Setting<>(name, group, label, description, format, format.read(name, standard), bare);
    ALL.add(setting);
    return setting;
  }
}
