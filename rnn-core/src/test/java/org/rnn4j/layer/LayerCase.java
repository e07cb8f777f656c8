package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;
import org.rnn4j.testing.Layout;

/**
 * A layer and what it is given; every kind of layer with every choice of its settings is among
 * {@link #all()}.
 *
 * @param spec the layer
 * @param input the form and width of its input
 */
record LayerCase(LayerSpec spec, Signal input) {
  static final int WIDTH = 3;
  static final int VOCABULARY = 5;

  static List<LayerCase> all() {
    Signal tokens = Signal.tokens(WIDTH);
    Signal texts = Signal.texts(WIDTH);
    Tensor vectors = Draw.tensor(DType.FLOAT64, new RandomStream(9), 1, VOCABULARY, 2);
    List<LayerCase> cases = new ArrayList<>();
    cases.add(new LayerCase(Embedding.spec(VOCABULARY, 4), Signal.ids()));
    cases.add(new LayerCase(Embedding.spec(VOCABULARY, 4).trainable(false), Signal.ids()));
    cases.add(new LayerCase(Embedding.spec(VOCABULARY, 4).initialLimit(0.5), Signal.ids()));
    cases.add(new LayerCase(Embedding.spec(vectors), Signal.ids()));
    cases.add(new LayerCase(Embedding.spec(VOCABULARY, 4).wordDropout(0.4, 1), Signal.ids()));
    cases.add(new LayerCase(Lstm.spec(4), tokens));
    cases.add(new LayerCase(Gru.spec(4), tokens));
    cases.add(new LayerCase(Gru.spec(4).resetAfter(false), tokens));
    cases.add(new LayerCase(SimpleRnn.spec(4), tokens));
    cases.add(new LayerCase(Lstm.spec(4).projection(2), tokens));
    cases.add(new LayerCase(Lstm.spec(4).projection(3).cellClip(0.5).projectionClip(0.2), tokens));
    List<RecurrentSpec> recurrent =
        List.of(
            SimpleRnn.spec(3),
            Lstm.spec(3),
            Lstm.spec(3).projection(2),
            Gru.spec(3),
            Gru.spec(3).resetAfter(false));
    for (RecurrentSpec spec : recurrent) {
      cases.add(new LayerCase(spec.backwards(true), tokens));
      cases.add(new LayerCase(spec.recurrentDropout(0.4), tokens));
      cases.add(new LayerCase(Bidirectional.spec(spec), tokens));
    }
    for (Merge merge : Merge.values()) {
      cases.add(new LayerCase(Bidirectional.spec(Gru.spec(2)).merge(merge), tokens));
    }
    for (OverTime.Take take : OverTime.Take.values()) {
      cases.add(new LayerCase(OverTime.spec(take), tokens));
    }
    for (double rate : new double[] {0, 0.4}) {
      cases.add(new LayerCase(Dropout.spec(rate), tokens));
      cases.add(new LayerCase(Dropout.spec(rate), texts));
    }
    cases.add(new LayerCase(Dropout.spec(0.4).unit(Dropout.Unit.TOKEN), tokens));
    cases.add(new LayerCase(Dropout.spec(0.4).unit(Dropout.Unit.FEATURE), tokens));
    cases.add(new LayerCase(Dropout.spec(0.4).unit(Dropout.Unit.WORD), tokens));
    cases.add(new LayerCase(Attention.additive(4), tokens));
    cases.add(new LayerCase(Attention.structured(4, 2), tokens));
    for (Attention.Penalty penalty : Attention.Penalty.values()) {
      cases.add(new LayerCase(Attention.structured(2, 3).penalty(penalty, 0.7), tokens));
    }
    for (Signal rows : List.of(tokens, texts)) {
      cases.add(new LayerCase(LayerNorm.withDefaults(), rows));
      cases.add(new LayerCase(LayerNorm.withDefaults().epsilon(0.1), rows));
      cases.add(new LayerCase(Residual.spec(Dense.spec(WIDTH, Activation.TANH)), rows));
    }
    cases.addAll(nested());
    for (Activation activation : Activation.values()) {
      cases.add(new LayerCase(Dense.spec(2, activation), tokens));
      cases.add(new LayerCase(Dense.spec(2, activation), texts));
    }
    return cases;
  }

  /** Layers that hold layers, and layers that hold such. */
  private static List<LayerCase> nested() {
    Signal tokens = Signal.tokens(WIDTH);
    LayerSpec attention = Attention.structured(2, 2).penalty(Attention.Penalty.SUM, 0.5);
    LayerSpec mean = OverTime.spec(OverTime.Take.MEAN);
    LayerSpec stack =
        Residual.spec(
            Gru.spec(4),
            Residual.spec(Lstm.spec(4), LayerNorm.withDefaults()),
            Dropout.spec(0.4),
            Dense.spec(WIDTH, Activation.LINEAR));
    return List.of(
        new LayerCase(stack, tokens),
        new LayerCase(Concatenate.branch().branch(Gru.spec(2)), tokens),
        new LayerCase(Concatenate.branch(Lstm.spec(2)).branch(Lstm.spec(1), stackOf(1)), tokens),
        new LayerCase(Concatenate.branch(mean).branch(attention).branch(mean), tokens),
        new LayerCase(
            Concatenate.branch(Embedding.spec(VOCABULARY, 2))
                .branch(Embedding.spec(VOCABULARY, 1).trainable(false)),
            Signal.ids()));
  }

  private static LayerSpec stackOf(int width) {
    return Residual.spec(Gru.spec(width), LayerNorm.withDefaults());
  }

  static Stream<Arguments> withLayoutsAndSeeds(int seeds) {
    return all().stream()
        .flatMap(
            layer ->
                Layout.withSeeds(seeds)
                    .map(more -> Arguments.of(layer, more.get()[0], more.get()[1])));
  }

  /** Whether the layer's weights fix the width of its input. */
  boolean fixesWidth() {
    return input.form() != Signal.Form.IDS
        && !(spec instanceof OverTime.Spec || spec instanceof Dropout.Spec);
  }

  Layer create(DType type, long seed) {
    return spec.create(input, Weights.drawn(type, new RandomStream(seed)));
  }

  /** Random token ids for the layout. */
  Sequences sequences(Layout layout, long seed) {
    return layout.sequences(new RandomStream(seed).derive("ids"), VOCABULARY);
  }

  /** Random features, a row a token or a text as the layer reads them. */
  Tensor features(DType type, Sequences sequences, int width, long seed) {
    int rows = input.form() == Signal.Form.TEXTS ? sequences.batch() : sequences.tokens();
    RandomStream random = new RandomStream(seed).derive("features");
    return Draw.tensor(DType.FLOAT64, random, 1, rows, width).to(type);
  }

  Activations activations(Sequences sequences, Variable features) {
    return switch (input.form()) {
      case IDS -> Activations.ids(sequences);
      case TOKENS -> Activations.tokens(sequences, features);
      case TEXTS -> Activations.texts(features);
    };
  }

  @Override
  public String toString() {
    return spec.type() + spec.settings() + " of " + input;
  }
}
