package org.rnn4j.text.classify;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.vector.WordVectors;
import org.rnn4j.train.Trainer;

/**
 * Trains a {@link TextClassifier}: gathers what the training needs, in any order, then {@link #fit}
 * fits the pipeline and trains the network. Not thread-safe.
 */
public final class TextClassifierBuilder {
  private TextPipeline.Builder pipeline = TextPipeline.builder();
  private Consumer<Trainer> training = trainer -> {};
  private @Nullable IntFunction<Sequential> network;
  private @Nullable Function<Vocabulary, WordVectors> vectors;

  TextClassifierBuilder() {}

  /** How the pipeline is fitted on the training texts; {@link TextPipeline#builder()} as it is. */
  public TextClassifierBuilder pipeline(TextPipeline.Builder pipeline) {
    this.pipeline = Objects.requireNonNull(pipeline, "pipeline");
    return this;
  }

  /** How the network is built, given the number of ids of the vocabulary; must be set. */
  public TextClassifierBuilder network(IntFunction<Sequential> network) {
    this.network = Objects.requireNonNull(network, "network");
    return this;
  }

  /**
   * Pretrained vectors that the network's embedding starts from, read for the words of the fitted
   * vocabulary: {@code words -> WordVectors.read(file, VectorFormat.GLOVE, words)}. The embedding
   * must be as wide as they are; {@link Embedding.Spec#trainable(boolean)} says whether training
   * changes them. None by default.
   */
  public TextClassifierBuilder vectors(Function<Vocabulary, WordVectors> vectors) {
    this.vectors = Objects.requireNonNull(vectors, "vectors");
    return this;
  }

  /** What to set on the trainer beyond its defaults: epochs, batch size, optimiser, listeners. */
  public TextClassifierBuilder training(Consumer<Trainer> training) {
    this.training = Objects.requireNonNull(training, "training");
    return this;
  }

  /**
   * Fits the pipeline and trains the network on texts.
   *
   * @throws DataException if the texts are not of two classes or more
   * @throws IllegalArgumentException if no network was set or it does not fit the classes
   */
  public TextClassifier.Trained fit(LabelledTexts texts) {
    return fit(texts, texts.select());
  }

  /**
   * Fits the pipeline and trains the network on texts, with scores on others after each epoch.
   *
   * @param validation texts that are scored and never learned; may be empty
   * @throws DataException if the training texts are not of two classes or more, or a validation
   *     text has another label
   * @throws IllegalArgumentException if no network was set or it does not fit the classes or the
   *     vectors
   */
  public TextClassifier.Trained fit(LabelledTexts texts, LabelledTexts validation) {
    if (network == null) {
      throw new IllegalArgumentException("Expected a network to train, got none; call network(…)");
    }
    long classes = texts.counts().values().stream().filter(count -> count > 0).count();
    if (classes < 2) {
      throw DataException.of(
          "texts of at least two classes to learn from",
          texts.size() + " texts" + (classes == 1 ? ", all of " + texts.get(0).label() : ""));
    }
    TextPipeline fitted = pipeline.fit(texts.texts());
    Sequential model = network.apply(fitted.vocabulary().size());
    TextClassifier classifier = new TextClassifier(fitted, model, texts.labels());
    if (vectors != null) {
      vectors.apply(fitted.vocabulary()).fill(model);
    }
    Trainer trainer = Trainer.of(model).validation(classifier.examples(validation));
    training.accept(trainer);
    return new TextClassifier.Trained(classifier, trainer.fit(classifier.examples(texts)));
  }
}
