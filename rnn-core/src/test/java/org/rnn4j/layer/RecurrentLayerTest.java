package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.autograd.GradientCheck;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

/** What recurrent layers can be told: directions, states, dropout, truncation. */
class RecurrentLayerTest {
  private static final int INPUT = 3;
  private static final int PIECE = 3;

  static Stream<RecurrentSpec> specs() {
    return Stream.of(
        SimpleRnn.spec(4),
        Lstm.spec(4),
        Lstm.spec(5).projection(3).cellClip(0.45).projectionClip(0.3),
        Gru.spec(4),
        Gru.spec(4).resetAfter(false));
  }

  static Stream<Arguments> specsAndDirections() {
    return specs().flatMap(s -> Stream.of(false, true).map(b -> Arguments.of(s.backwards(b))));
  }

  private static RecurrentLayer layer(RecurrentSpec spec) {
    RecurrentLayer layer =
        spec.create(Signal.tokens(INPUT), Weights.drawn(DType.FLOAT64, new RandomStream(3)));
    RandomStream random = new RandomStream(4);
    for (Parameter parameter : layer.parameters()) {
      int[] dimensions = parameter.value().shape().dimensions();
      parameter.value().assign(Draw.tensor(DType.FLOAT64, random, 1, dimensions));
    }
    return layer;
  }

  private static Pass recording(Tape tape) {
    return Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);
  }

  /** One text, and its pieces in reading order. */
  private static List<double[][]> pieces(double[][] text, boolean backwards) {
    List<double[][]> pieces = new ArrayList<>();
    int length = text.length;
    for (int read = 0; read < length; read += PIECE) {
      int end = Math.min(read + PIECE, length);
      pieces.add(
          backwards
              ? Arrays.copyOfRange(text, length - end, length - read)
              : Arrays.copyOfRange(text, read, end));
    }
    return pieces;
  }

  private static Map<String, double[]> gradients(RecurrentLayer layer) {
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (Parameter parameter : layer.parameters()) {
      gradients.put(parameter.name(), parameter.gradient().toArray());
      parameter.gradient().fill(0);
    }
    return gradients;
  }

  /** Reads texts one by one in pieces, each from the values that the one before ended with. */
  private static Map<String, double[]> pieceByPiece(
      RecurrentLayer layer, double[][][] texts, boolean backwards) {
    for (double[][] text : texts) {
      RecurrentState state = null;
      for (double[][] piece : pieces(text, backwards)) {
        Sequences sequences = Sequences.ofLengths(piece.length);
        Tensor x = sequences.packRows(DType.FLOAT64, INPUT, new double[][][] {piece});
        Tape tape = new Tape();
        Pass pass = recording(tape);
        RecurrentLayer.Read read =
            layer.read(pass, Activations.tokens(sequences, Variable.constant(x)), state);
        tape.backward(sumOfSquares(pass, read.outputs().values()));
        state = read.last();
      }
    }
    return gradients(layer);
  }

  /** Σ y²/2, which weighs every output by itself, so that pieces have the losses of the whole. */
  private static Variable sumOfSquares(Pass pass, Variable y) {
    double sum = 0;
    for (double value : y.value().toArray()) {
      sum += value * value / 2;
    }
    Variable result = pass.result(Tensor.of(DType.FLOAT64, Shape.of(), sum), y);
    pass.record(
        result,
        () -> {
          Tensor target = pass.target(y);
          for (int i = 0; target != null && i < target.size(); i++) {
            target.set(i, target.get(i) + result.gradient().get(0) * y.value().get(i));
          }
        });
    return result;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specsAndDirections")
  void truncated_gradients_are_those_of_pieces_that_begin_at_given_states(RecurrentSpec spec) {
    RandomStream random = new RandomStream(8);
    double[][][] texts = new double[4][][];
    int[] lengths = {7, 0, 9, 4};
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new double[lengths[i]][INPUT];
      for (double[] row : texts[i]) {
        Arrays.setAll(row, j -> 2 * random.nextDouble() - 1);
      }
    }
    Sequences sequences = Sequences.ofLengths(lengths);
    Tensor x = sequences.packRows(DType.FLOAT64, INPUT, texts);
    boolean backwards = spec.options().backwards();
    Map<String, double[]> expected = pieceByPiece(layer(spec), texts, backwards);

    Map<String, double[]> truncated = wholeGradients(layer(spec.truncation(PIECE)), sequences, x);
    Map<String, double[]> full = wholeGradients(layer(spec), sequences, x);

    expected.forEach(
        (name, gradient) ->
            assertThat(truncated.get(name)).as(name).containsExactly(gradient, within(1e-12)));
    assertThat(full.get("recurrent_weights")).isNotEqualTo(truncated.get("recurrent_weights"));
  }

  private static Map<String, double[]> wholeGradients(
      RecurrentLayer layer, Sequences sequences, Tensor x) {
    Tape tape = new Tape();
    Pass pass = recording(tape);
    Activations input = Activations.tokens(sequences, Variable.constant(x));
    tape.backward(sumOfSquares(pass, layer.forward(pass, input).values()));
    return gradients(layer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void backwards_is_forwards_over_the_text_turned_round_with_outputs_at_their_tokens(
      RecurrentSpec spec) {
    Sequences sequences = Sequences.ofLengths(5);
    Tensor x = Draw.tensor(DType.FLOAT64, new RandomStream(2), 1, 5, INPUT);
    Tensor turned = Tensor.zeros(DType.FLOAT64, 5, INPUT);
    for (int t = 0; t < 5; t++) {
      for (int j = 0; j < INPUT; j++) {
        turned.set(4 - t, j, x.get(t, j));
      }
    }
    Pass pass = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
    Activations input = Activations.tokens(sequences, Variable.constant(x));
    Activations other = Activations.tokens(sequences, Variable.constant(turned));

    Activations backwards = layer(spec.backwards(true)).forward(pass, input);
    Activations forwards = layer(spec).forward(pass, other);

    int width = spec.outputs();
    for (int t = 0; t < 5; t++) {
      for (int j = 0; j < width; j++) {
        assertThat(backwards.values().value().get(t, j))
            .isEqualTo(forwards.values().value().get(4 - t, j));
      }
    }
    assertThat(backwards.lastStates(pass).value().toArray())
        .containsExactly(forwards.lastStates(pass).value().toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void recurrent_dropout_has_the_gradients_of_differences_and_is_off_outside_training(
      RecurrentSpec spec) {
    RecurrentLayer layer = layer(spec.recurrentDropout(0.4));
    Sequences sequences = Sequences.ofLengths(4, 6, 1);
    Variable x =
        Variable.differentiable(
            Draw.tensor(DType.FLOAT64, new RandomStream(6), 1, sequences.tokens(), INPUT));
    Activations input = Activations.tokens(sequences, x);

    GradientCheck.of(pass -> Draw.weightedSum(pass, 7, layer.forward(pass, input).values()))
        .seed(11)
        .variable("x", x)
        .variables(layer.parameters())
        .run()
        .requireBelow(1e-6);

    Pass still = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
    double[] plain = layer(spec).forward(still, input).values().value().toArray();
    assertThat(layer.forward(still, input).values().value().toArray()).containsExactly(plain);
    Pass training =
        Pass.training(
            ReferenceBackend.INSTANCE,
            new Workspace(DType.FLOAT64),
            new Tape(),
            new RandomStream(1));
    assertThat(layer.forward(training, input).values().value().toArray()).isNotEqualTo(plain);
  }

  @Test
  void a_text_without_tokens_ends_with_the_states_that_it_began_with() {
    RecurrentLayer lstm = layer(Lstm.spec(2));
    Sequences sequences = Sequences.ofLengths(0, 1);
    Tensor x = Tensor.zeros(DType.FLOAT64, 1, INPUT);
    RecurrentState from =
        new RecurrentState(
            Tensor.matrix(DType.FLOAT64, new double[][] {{0.1, 0.2}, {0.3, 0.4}}),
            Tensor.matrix(DType.FLOAT64, new double[][] {{0.5, 0.6}, {0.7, 0.8}}));

    RecurrentState last =
        lstm.read(recording(new Tape()), Activations.tokens(sequences, Variable.constant(x)), from)
            .last();

    assertThat(Arrays.copyOf(last.hidden().toArray(), 2)).containsExactly(0.1, 0.2);
    assertThat(Arrays.copyOf(last.cell().toArray(), 2)).containsExactly(0.5, 0.6);
    assertThat(last.hidden().get(1, 0)).isNotEqualTo(0.3);
  }

  @Test
  void states_that_do_not_fit_are_refused() {
    Sequences sequences = Sequences.ofLengths(1, 1);
    Activations input =
        Activations.tokens(sequences, Variable.constant(Tensor.zeros(DType.FLOAT64, 2, INPUT)));
    Tensor right = Tensor.zeros(DType.FLOAT64, 2, 4);
    Tensor wrong = Tensor.zeros(DType.FLOAT64, 3, 4);
    Pass pass = recording(new Tape());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer(Gru.spec(4)).read(pass, input, new RecurrentState(wrong, null)))
        .withMessage("Expected initial hidden states of gru to be [2, 4], got [3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer(Gru.spec(4)).read(pass, input, new RecurrentState(right, right)))
        .withMessage("Expected initial cell states of gru to be none, got [2, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer(Lstm.spec(4)).read(pass, input, new RecurrentState(right, null)))
        .withMessage("Expected initial cell states of lstm to be [2, 4], got none");
  }

  @Test
  void settings_out_of_range_are_refused() {
    for (double rate : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Gru.spec(4).recurrentDropout(rate))
          .withMessage("Expected recurrent dropout to be at least 0 and less than 1, got " + rate);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.spec(4).projection(5))
        .withMessage(
            "Expected projection of lstm to be from 1 to its hidden size 4, or 0 for none, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.spec(4).cellClip(0))
        .withMessage("Expected cell_clip of lstm to be positive, got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lstm.spec(4).projectionClip(3))
        .withMessage("Expected projection_clip of lstm with a projection only, got 3.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimpleRnn.spec(4).truncation(-1))
        .withMessage("Expected truncation of 1 token or more, or 0 for none, got -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bidirectional.spec(Gru.spec(4).backwards(true)))
        .withMessageStartingWith(
            "Expected the layer of a bidirectional one to read forwards, got one that reads"
                + " backwards");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                LayerTypes.standard()
                    .spec(
                        "bidirectional",
                        Map.of(
                            "layer",
                            Map.of("type", "dense", "units", 1L, "activation", "TANH"),
                            "merge",
                            "SUM")))
        .withMessage("Expected the layer of a bidirectional one to be recurrent, got dense");
  }

  @Test
  void settings_that_are_as_before_are_not_written() {
    assertThat(Lstm.spec(4).settings()).isEqualTo(Map.of("hidden", 4));
    assertThat(Gru.spec(4).settings()).isEqualTo(Map.of("hidden", 4, "reset_after", true));
  }

  @Test
  void the_last_state_of_both_directions_is_the_ends_of_each_through_dropout_too() {
    Sequences sequences = Sequences.ofLengths(3, 0, 5);
    Tensor x = Draw.tensor(DType.FLOAT64, new RandomStream(2), 1, 8, INPUT);
    Layer both =
        Bidirectional.spec(Gru.spec(2))
            .create(Signal.tokens(INPUT), Weights.drawn(DType.FLOAT64, new RandomStream(3)));
    Layer dropout =
        Dropout.spec(0.5)
            .create(Signal.tokens(4), Weights.drawn(DType.FLOAT64, new RandomStream(3)));
    Layer last =
        OverTime.spec(OverTime.Take.LAST)
            .create(Signal.tokens(4), Weights.drawn(DType.FLOAT64, new RandomStream(3)));
    Pass pass = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
    Activations outputs = both.forward(pass, Activations.tokens(sequences, Variable.constant(x)));

    Tensor states = last.forward(pass, dropout.forward(pass, outputs)).values().value();

    double[][][] tokens = sequences.unpackRows(outputs.values().value());
    for (int text : new int[] {0, 2}) {
      double[] first = tokens[text][0];
      double[] end = tokens[text][tokens[text].length - 1];
      assertThat(Arrays.copyOfRange(states.toArray(), 4 * text, 4 * text + 4))
          .containsExactly(end[0], end[1], first[2], first[3]);
    }
    assertThat(Arrays.copyOfRange(states.toArray(), 4, 8)).containsOnly(0);
    Pass training =
        Pass.training(
            ReferenceBackend.INSTANCE,
            new Workspace(DType.FLOAT64),
            new Tape(),
            new RandomStream(1));
    Tensor dropped = last.forward(training, dropout.forward(training, outputs)).values().value();
    for (int i = 0; i < dropped.size(); i++) {
      assertThat(dropped.get(i)).isIn(0.0, -0.0, 2 * states.get(i));
    }
  }
}
