package org.rnn4j.examples.design;

import static java.util.Map.entry;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.rnn4j.backend.Activation;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.RecurrentSpec;
import org.rnn4j.layer.SimpleRnn;

/** What is between the words' vectors and the answer, and what it leaves out in training. */
public final class NetworkSettings {
  private static final SettingList SETTINGS = new SettingList();

  /** The recurrent layers' cell. */
  public static final Setting<IntFunction<RecurrentSpec>> CELL =
      SETTINGS.add(
          Group.NETWORK,
          "cell",
          "KIND",
          Format.<IntFunction<RecurrentSpec>>choice(
              entry("gru", Gru::spec), entry("lstm", Lstm::spec), entry("simple", SimpleRnn::spec)),
          "gru",
          "Cell of the recurrent layers: gru, lstm or simple.");

  /** Sizes of the recurrent layers. */
  public static final Setting<List<Integer>> LAYERS =
      SETTINGS.add(
          Group.NETWORK,
          "layers",
          "N,…",
          Format.sizes(),
          "64",
          "Sizes of the recurrent layers, from first to last.");

  /** Whether layers read both ways, and how these are put together. */
  public static final Setting<Optional<Merge>> BIDIRECTIONAL =
      SETTINGS.add(
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
      SETTINGS.add(
          Group.NETWORK,
          "truncation",
          "N",
          Format.whole(0),
          "0",
          "Tokens through which gradients flow back at most; 0 for all.");

  /** Normalisation of layers. */
  public static final Setting<Boolean> LAYER_NORM =
      SETTINGS.add(
          Group.NETWORK,
          "layer-norm",
          "true|false",
          Format.truth(),
          "false",
          "Whether each recurrent layer's outputs are normalised.",
          "true");

  /** Residual connections. */
  public static final Setting<Boolean> RESIDUAL =
      SETTINGS.add(
          Group.NETWORK,
          "residual",
          "true|false",
          Format.truth(),
          "false",
          "Whether layers that are as wide as what they read have it added to their outputs.",
          "true");

  /** From a row for each token to one for each text. */
  public static final Setting<Variant<LayerSpec>> POOLING =
      SETTINGS.add(
          Group.NETWORK,
          "pooling",
          "KIND",
          Format.kinds(Kinds.pooling()),
          "last",
          "What is taken of the tokens' outputs.");

  /** The last layer. */
  public static final Setting<Activation> HEAD =
      SETTINGS.add(
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

  private NetworkSettings() {}

  /** These settings in the order in which they are shown. */
  static List<Setting<?>> all() {
    return SETTINGS.all();
  }

  private static Setting<Double> rate(String name, String description) {
    return SETTINGS.add(Group.DROPOUT, name, "RATE", Format.share(), "0", description);
  }
}
