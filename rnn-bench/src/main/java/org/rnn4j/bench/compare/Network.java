package org.rnn4j.bench.compare;

import java.util.List;

/**
 * An embedding, recurrent layers of one kind, the last state or attention, a dense softmax.
 *
 * @param name for titles
 * @param vocabulary ids of the embedding
 * @param embedding its width
 * @param cell {@code lstm} or {@code gru}
 * @param hidden the width of each recurrent layer, of each of its directions
 * @param directions 1, or 2 where every recurrent layer reads in both, side by side
 * @param recurrentDropout the rate of recurrent dropout in training
 * @param normalized whether the outputs of every recurrent layer are normalised, token by token
 * @param attention the width of the attention that sums a text up; 0 for its last state
 * @param hops how often attention does: once with a bias, as additive attention has it, or several
 *     times without one, as Lin et al. 2017 have it, whose penalty is left out
 */
public record Network(
    String name,
    int vocabulary,
    int embedding,
    String cell,
    List<Integer> hidden,
    int directions,
    double recurrentDropout,
    boolean normalized,
    int attention,
    int hops) {
  /** Neurons of the head. */
  public static final int OUTPUTS = 2;

  /** Checks the cell. */
  public Network {
    if (!cell.equals("lstm") && !cell.equals("gru")) {
      throw new IllegalArgumentException("Expected a cell of lstm or gru, got " + cell);
    }
  }

  /** One direction, the last state, nothing else. */
  Network(String name, int vocabulary, int embedding, String cell, List<Integer> hidden) {
    this(name, vocabulary, embedding, cell, hidden, 1, 0, false, 0, 1);
  }

  /** The same read in both directions. */
  Network bidirectional() {
    String longer = "bidirectional " + name;
    return new Network(
        longer,
        vocabulary,
        embedding,
        cell,
        hidden,
        2,
        recurrentDropout,
        normalized,
        attention,
        hops);
  }

  /** The same with a rate of recurrent dropout. */
  Network dropping(double rate) {
    String longer = name + ", recurrent dropout";
    return new Network(
        longer, vocabulary, embedding, cell, hidden, directions, rate, normalized, attention, hops);
  }

  /** The same with layer normalisation. */
  Network normalizing() {
    String longer = name + ", layer normalisation";
    return new Network(
        longer,
        vocabulary,
        embedding,
        cell,
        hidden,
        directions,
        recurrentDropout,
        true,
        attention,
        hops);
  }

  /** The same with attention. */
  Network attending(int size, int times) {
    String longer = name + ", attention " + size + (times == 1 ? "" : "x" + times);
    return new Network(
        longer,
        vocabulary,
        embedding,
        cell,
        hidden,
        directions,
        recurrentDropout,
        normalized,
        size,
        times);
  }

  /** Whether it has nothing but what all peers have. */
  boolean isPlain() {
    return recurrentDropout == 0 && !normalized && attention == 0;
  }

  /**
   * Floating-point operations of the products for one token, forward: {@code 2·(inputs·gates·hidden
   * + hidden·gates·hidden)} for each recurrent layer, 4 gates in an LSTM and 3 in a GRU; {@code
   * 2·(outputs·attention + attention·hops + hops·outputs)} for attention. Training does three times
   * as many: forward, gradients of the weights, gradients of what was multiplied with them.
   */
  public long forwardOperations() {
    int gates = cell.equals("lstm") ? 4 : 3;
    long operations = 0;
    int inputs = embedding;
    for (int units : hidden) {
      operations += 2L * directions * gates * units * (inputs + units);
      inputs = directions * units;
    }
    if (attention > 0) {
      operations += 2L * ((long) inputs * attention + (long) hops * (attention + inputs));
    }
    return operations;
  }
}
