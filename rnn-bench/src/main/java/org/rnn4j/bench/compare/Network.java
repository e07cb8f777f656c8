package org.rnn4j.bench.compare;

import java.util.List;

/**
 * An embedding, recurrent layers of one kind, the last state, a dense softmax.
 *
 * @param name for titles
 * @param vocabulary ids of the embedding
 * @param embedding its width
 * @param cell {@code lstm} or {@code gru}
 * @param hidden the width of each recurrent layer, of each of its directions
 * @param directions 1, or 2 where every recurrent layer reads in both, side by side
 * @param recurrentDropout the rate of recurrent dropout in training
 */
public record Network(
    String name,
    int vocabulary,
    int embedding,
    String cell,
    List<Integer> hidden,
    int directions,
    double recurrentDropout) {
  /** Neurons of the head. */
  public static final int OUTPUTS = 2;

  /** Checks the cell. */
  public Network {
    if (!cell.equals("lstm") && !cell.equals("gru")) {
      throw new IllegalArgumentException("Expected a cell of lstm or gru, got " + cell);
    }
  }

  /** One direction, no dropout. */
  Network(String name, int vocabulary, int embedding, String cell, List<Integer> hidden) {
    this(name, vocabulary, embedding, cell, hidden, 1, 0);
  }

  /**
   * Floating-point operations of the recurrent layers' products for one token, forward: {@code
   * 2·(inputs·gates·hidden + hidden·gates·hidden)} for each layer, 4 gates in an LSTM and 3 in a
   * GRU. Training does three times as many: forward, gradients of the weights, gradients of what
   * was multiplied with them.
   */
  public long forwardOperations() {
    int gates = cell.equals("lstm") ? 4 : 3;
    long operations = 0;
    int inputs = embedding;
    for (int units : hidden) {
      operations += 2L * directions * gates * units * (inputs + units);
      inputs = directions * units;
    }
    return operations;
  }
}
