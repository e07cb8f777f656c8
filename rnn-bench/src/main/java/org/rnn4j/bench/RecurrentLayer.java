package org.rnn4j.bench;

import java.util.Arrays;
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
  private final RecurrentGradients gradients;
  private final Workspace workspace = new Workspace(DType.FLOAT32);

  /** A layer over a batch of texts that are all as long. */
  RecurrentLayer(boolean lstm, int inputs, int hidden, int batch, int steps) {
    this.lstm = lstm;
    int width = (lstm ? 4 : 3) * hidden;
    input = Draws.tensor(WEIGHT, inputs, width);
    recurrent = Draws.tensor(WEIGHT, hidden, width);
    bias = Draws.tensor(WEIGHT, width);
    int[] lengths = new int[batch];
    Arrays.fill(lengths, steps);
    Sequences sequences = Sequences.ofLengths(lengths);
    int tokens = sequences.tokens();
    values = new RecurrentInput(sequences, false, Draws.tensor(1, tokens, inputs), null, null);
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
            null);
  }

  private static Tensor zeros(int... dimensions) {
    return Tensor.zeros(DType.FLOAT32, dimensions);
  }

  private RecurrentRun start(Backend backend) {
    return lstm
        ? backend.lstm(new LstmWeights(input, recurrent, bias, null), values, workspace)
        : backend.gru(new GruWeights(input, recurrent, bias, bias), values, workspace);
  }

  /** Runs it. */
  Tensor forward(Backend backend) {
    RecurrentRun run = start(backend);
    workspace.reset();
    return run.outputs();
  }

  /** Runs it there and back. */
  @Nullable Tensor forwardBackward(Backend backend) {
    RecurrentRun run = start(backend);
    run.backward(gradients);
    workspace.reset();
    return gradients.values();
  }

  /** Floating-point operations in the products of the forward; no product reads the first state. */
  long forwardOperations() {
    long inputs = (long) input.size() * values.sequences().tokens();
    long starting = values.sequences().size(0);
    long states = (long) recurrent.size() * (values.sequences().tokens() - starting);
    return 2 * (inputs + states);
  }
}
