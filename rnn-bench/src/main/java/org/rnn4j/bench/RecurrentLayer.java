package org.rnn4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.GruWeights;
import org.rnn4j.backend.LstmWeights;
import org.rnn4j.backend.RecurrentGradients;
import org.rnn4j.backend.RecurrentInput;
import org.rnn4j.backend.RecurrentRun;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** A recurrent layer below the autograd: weights, inputs, gradients, and memory for its runs. */
final class RecurrentLayer {
  private static final double WEIGHT = 0.1;

  private final boolean lstm;
  private final Tensor input;
  private final Tensor recurrent;
  private final Tensor bias;
  private final RecurrentInput values;
  private final int directions;
  private final RecurrentGradients gradients;
  private final Workspace workspace = new Workspace(DType.FLOAT32);

  /**
   * A layer over a batch of texts that are all as long.
   *
   * @param kind {@code lstm} or {@code gru}, alone, after {@code bidirectional} or before {@code
   *     with recurrent dropout}
   * @param state the width of the outputs, of both directions together
   */
  RecurrentLayer(String kind, int inputs, int state, int batch, int steps) {
    lstm = kind.contains("lstm");
    directions = kind.contains("bidirectional") ? 2 : 1;
    int hidden = state / directions;
    int width = (lstm ? 4 : 3) * hidden;
    input = Draws.tensor(WEIGHT, inputs, width);
    recurrent = Draws.tensor(WEIGHT, hidden, width);
    bias = Draws.tensor(WEIGHT, width);
    int[] lengths = new int[batch];
    Arrays.fill(lengths, steps);
    Sequences sequences = Sequences.ofLengths(lengths);
    int tokens = sequences.tokens();
    Tensor masks = kind.contains("dropout") ? Draws.tensor(1, batch, width) : null;
    Tensor x = Draws.tensor(1, tokens, inputs);
    values = new RecurrentInput(sequences, false, x, null, null, masks, 0, null, true);
    gradients =
        new RecurrentGradients(
            Draws.tensor(1.0 / tokens, tokens, hidden),
            null,
            zeros(tokens, inputs),
            zeros(inputs, width),
            zeros(hidden, width),
            zeros(width),
            lstm ? null : zeros(width),
            null,
            null,
            null,
            null);
  }

  private static Tensor zeros(int... dimensions) {
    return Tensor.zeros(DType.FLOAT32, dimensions);
  }

  /** One run of each direction, of the same weights. */
  private List<RecurrentRun> start(Backend backend) {
    List<RecurrentRun> runs = new ArrayList<>();
    for (int direction = 0; direction < directions; direction++) {
      RecurrentInput own =
          new RecurrentInput(
              values.sequences(),
              direction == 1,
              values.values(),
              null,
              null,
              values.stateMasks(),
              0,
              null,
              true);
      runs.add(
          lstm
              ? backend.lstm(new LstmWeights(input, recurrent, bias, null), own, workspace)
              : backend.gru(new GruWeights(input, recurrent, bias, bias), own, workspace));
    }
    return runs;
  }

  /** Runs it. */
  Tensor forward(Backend backend) {
    List<RecurrentRun> runs = start(backend);
    workspace.reset();
    return runs.get(0).outputs();
  }

  /** Runs it there and back. */
  @Nullable Tensor forwardBackward(Backend backend) {
    start(backend).forEach(run -> run.backward(gradients));
    workspace.reset();
    return gradients.values();
  }

  /** Floating-point operations in the products of the forward; no product reads the first state. */
  long forwardOperations() {
    long inputs = (long) input.size() * values.sequences().tokens();
    long starting = values.sequences().size(0);
    long states = (long) recurrent.size() * (values.sequences().tokens() - starting);
    return 2 * directions * (inputs + states);
  }
}
