package org.rnn4j.examples.design;

import java.util.List;
import java.util.Optional;
import org.rnn4j.layer.Bidirectional;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Dropout.Unit;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.RecurrentSpec;
import org.rnn4j.layer.Residual;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.Signal;
import org.rnn4j.text.Vocabulary;

/**
 * Builds the network of a design: words' vectors and what is dropped of them, recurrent layers,
 * what is taken of their outputs, the last layer.
 */
final class Networks {
  private Networks() {}

  static Sequential build(Design design, int words, int labels) {
    Sequential.Builder network = Sequential.builder(design.get(TrainingSettings.SEED));
    network.layer(embedding(design, words));
    drop(network, design.get(NetworkSettings.TOKEN_DROPOUT), Unit.TOKEN);
    drop(network, design.get(NetworkSettings.EMBEDDING_DROPOUT), Unit.WORD);
    drop(network, design.get(NetworkSettings.VALUE_DROPOUT), Unit.VALUE);
    drop(network, design.get(NetworkSettings.FEATURE_DROPOUT), Unit.FEATURE);
    List<Integer> sizes = design.get(NetworkSettings.LAYERS);
    int width = design.get(TextSettings.EMBEDDING);
    for (int i = 0; i < sizes.size(); i++) {
      if (i > 0) {
        drop(network, design.get(NetworkSettings.LAYER_DROPOUT), Unit.VALUE);
      }
      LayerSpec layer = recurrent(design, sizes.get(i));
      boolean residual = isResidual(design, layer, width);
      network.layer(residual ? Residual.spec(layer) : layer);
      if (design.get(NetworkSettings.LAYER_NORM)) {
        network.layerNorm();
      }
      width = width(layer, width);
    }
    network.layer(design.get(NetworkSettings.POOLING).value());
    drop(network, design.get(NetworkSettings.HEAD_DROPOUT), Unit.VALUE);
    boolean oneNeuron = isSigmoid(design);
    return network.dense(oneNeuron ? 1 : labels, design.get(NetworkSettings.HEAD)).build();
  }

  private static Embedding.Spec embedding(Design design, int words) {
    Embedding.Spec embedding = Embedding.spec(words, design.get(TextSettings.EMBEDDING));
    double rate = design.get(NetworkSettings.WORD_DROPOUT);
    if (rate > 0) {
      embedding = embedding.wordDropout(rate, Vocabulary.UNKNOWN);
    }
    return embedding
        .initialLimit(design.get(TextSettings.EMBEDDING_LIMIT))
        .trainable(design.get(TextSettings.VECTORS).filter(Vectors::frozen).isEmpty());
  }

  private static void drop(Sequential.Builder network, double rate, Unit unit) {
    if (rate > 0) {
      network.layer(Dropout.spec(rate).unit(unit));
    }
  }

  /** A recurrent layer of a size. */
  static LayerSpec recurrent(Design design, int size) {
    RecurrentSpec layer =
        design
            .get(NetworkSettings.CELL)
            .apply(size)
            .recurrentDropout(design.get(NetworkSettings.RECURRENT_DROPOUT))
            .truncation(design.get(NetworkSettings.TRUNCATION));
    Optional<Merge> merge = design.get(NetworkSettings.BIDIRECTIONAL);
    return merge.isPresent() ? Bidirectional.spec(layer).merge(merge.get()) : layer;
  }

  /** Whether what a layer reads is added to its outputs. */
  static boolean isResidual(Design design, LayerSpec layer, int width) {
    return design.get(NetworkSettings.RESIDUAL) && width(layer, width) == width;
  }

  /** The width of a layer's outputs. */
  static int width(LayerSpec layer, int input) {
    return layer.output(Signal.tokens(input)).width();
  }

  /** Whether one neuron tells two labels apart. */
  static boolean isSigmoid(Design design) {
    return design.text(NetworkSettings.HEAD).equals("sigmoid");
  }
}
