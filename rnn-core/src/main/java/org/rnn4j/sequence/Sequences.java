package org.rnn4j.sequence;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * The layout of a packed batch: sequences sorted by length, longest first (equal lengths keep their
 * order), and stored time-major, so that the elements of time step {@code t} are one contiguous
 * block of the {@code size(t)} sequences still running. There is no padding; a batch costs its real
 * tokens.
 *
 * <pre>
 *   lengths 2, 4, 1        packed rows (sequence.time)
 *   original order         1.0 0.0 2.0 | 1.1 0.1 | 1.2 | 1.3
 *                          step 0      | step 1  | 2   | 3
 * </pre>
 *
 * <p>A value of a packed sequence is a tensor {@code [tokens, width]} whose rows follow this
 * layout. <em>Packed</em> row order means longest first; <em>original</em> order is that of the
 * caller. Sequences of length 0 are allowed: they have a place in the batch and no tokens.
 * Immutable.
 */
public final class Sequences {
  private final int[] order;
  private final int[] lengths;
  private final int[] offsets;
  private final int[] ids;
  private volatile @Nullable TokenGroups groups;

  private Sequences(int[] order, int[] lengths, int[] offsets, int[] ids) {
    this.order = order;
    this.lengths = lengths;
    this.offsets = offsets;
    this.ids = ids;
  }

  /**
   * Packs sequences of token ids.
   *
   * @throws IllegalArgumentException if there is no sequence
   */
  public static Sequences pack(List<int[]> sequences) {
    Sequences layout = ofLengths(sequences.stream().mapToInt(ids -> ids.length).toArray());
    int[] ids = new int[layout.tokens()];
    for (int row = 0; row < layout.batch(); row++) {
      int[] sequence = sequences.get(layout.order[row]);
      for (int t = 0; t < sequence.length; t++) {
        ids[layout.offsets[t] + row] = sequence[t];
      }
    }
    return new Sequences(layout.order, layout.lengths, layout.offsets, ids);
  }

  /** Packs sequences of token ids. */
  public static Sequences pack(int[]... sequences) {
    return pack(Arrays.asList(sequences));
  }

  /**
   * A layout without ids, for values that do not come from an embedding.
   *
   * @throws IllegalArgumentException if there is no sequence, a length is negative, or the tokens
   *     exceed 2³¹ − 1
   */
  public static Sequences ofLengths(int... originalLengths) {
    int batch = originalLengths.length;
    if (batch == 0) {
      throw new IllegalArgumentException("Expected at least one sequence, got none");
    }
    int longest = 0;
    long tokens = 0;
    for (int length : originalLengths) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "Expected lengths of 0 or more, got " + Arrays.toString(originalLengths));
      }
      longest = Math.max(longest, length);
      tokens += length;
    }
    if (tokens > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Expected at most 2^31 - 1 tokens, got " + tokens);
    }
    int[] order = orderByLength(originalLengths, longest);
    int[] lengths = new int[batch];
    int[] offsets = new int[longest + 1];
    int[] running = new int[longest];
    for (int row = 0; row < batch; row++) {
      lengths[row] = originalLengths[order[row]];
      if (lengths[row] > 0) {
        running[lengths[row] - 1]++;
      }
    }
    for (int t = longest - 2; t >= 0; t--) {
      running[t] += running[t + 1];
    }
    for (int t = 0; t < longest; t++) {
      offsets[t + 1] = offsets[t] + running[t];
    }
    return new Sequences(order, lengths, offsets, new int[0]);
  }

  /** Stable counting sort of the indices, longest first. */
  private static int[] orderByLength(int[] lengths, int longest) {
    int[] starts = new int[longest + 2];
    for (int length : lengths) {
      starts[longest - length + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    int[] order = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      order[starts[longest - lengths[i]]++] = i;
    }
    return order;
  }

  /** The number of sequences, those of length 0 included. */
  public int batch() {
    return order.length;
  }

  /** The number of tokens of all sequences together: the rows of a packed value. */
  public int tokens() {
    return offsets[offsets.length - 1];
  }

  /** The number of time steps: the greatest length. */
  public int steps() {
    return offsets.length - 1;
  }

  /**
   * The number of sequences still running at a time step; never grows with time. 0 beyond the last
   * step.
   */
  public int size(int step) {
    return step < steps() ? offsets[step + 1] - offsets[step] : 0;
  }

  /** The first row of a time step in a packed value. */
  public int offset(int step) {
    return offsets[step];
  }

  /** The length of the sequence at a packed row. */
  public int length(int row) {
    return lengths[row];
  }

  /** The original index of the sequence at a packed row. */
  public int original(int row) {
    return order[row];
  }

  /** Whether token ids were given, as {@link #pack(List)} does. */
  public boolean hasIds() {
    return ids.length == tokens();
  }

  /**
   * The token id at a row of the packed layout.
   *
   * @throws IllegalStateException if the layout holds no ids
   */
  public int id(int token) {
    if (!hasIds()) {
      throw new IllegalStateException("Expected a batch packed from token ids, got a layout only");
    }
    return ids[token];
  }

  /**
   * The same layout with other ids.
   *
   * @param packedIds the id at each row of the packed layout; not copied
   * @throws IllegalArgumentException if they are not as many as the tokens
   */
  public Sequences withIds(int[] packedIds) {
    if (packedIds.length != tokens()) {
      throw new IllegalArgumentException(
          "Expected " + tokens() + " ids, one a token, got " + packedIds.length);
    }
    return new Sequences(order, lengths, offsets, packedIds);
  }

  /**
   * The tokens by their id, made on first use.
   *
   * @throws IllegalStateException if the layout holds no ids
   */
  public TokenGroups groups() {
    if (!hasIds()) {
      throw new IllegalStateException("Expected a batch packed from token ids, got a layout only");
    }
    TokenGroups known = groups;
    if (known == null) {
      known = TokenGroups.of(ids);
      groups = known;
    }
    return known;
  }

  /**
   * Packs dense rows given in original order: {@code rows[sequence][time][feature]}.
   *
   * @throws IllegalArgumentException if the sequences are not as many or as long as this layout's,
   *     or the rows differ in width
   */
  public Tensor packRows(DType type, int width, double[][][] rows) {
    if (rows.length != batch()) {
      throw new IllegalArgumentException("Expected " + batch() + " sequences, got " + rows.length);
    }
    Tensor packed = Tensor.zeros(type, Shape.of(tokens(), width));
    for (int row = 0; row < batch(); row++) {
      double[][] sequence = rows[order[row]];
      if (sequence.length != lengths[row]) {
        throw new IllegalArgumentException(
            "Expected "
                + lengths[row]
                + " rows in sequence "
                + order[row]
                + ", got "
                + sequence.length);
      }
      for (int t = 0; t < sequence.length; t++) {
        if (sequence[t].length != width) {
          throw new IllegalArgumentException(
              "Expected rows of width " + width + ", got " + sequence[t].length + " at time " + t);
        }
        for (int j = 0; j < width; j++) {
          packed.set(offsets[t] + row, j, sequence[t][j]);
        }
      }
    }
    return packed;
  }

  /** The inverse of {@link #packRows}: {@code [sequence][time][feature]} in original order. */
  public double[][][] unpackRows(Tensor packed) {
    if (packed.rows() != tokens()) {
      throw new IllegalArgumentException(
          "Expected " + tokens() + " rows, one a token, got a tensor of shape " + packed.shape());
    }
    double[][][] rows = new double[batch()][][];
    for (int row = 0; row < batch(); row++) {
      double[][] sequence = new double[lengths[row]][packed.columns()];
      for (int t = 0; t < sequence.length; t++) {
        for (int j = 0; j < packed.columns(); j++) {
          sequence[t][j] = packed.get(offsets[t] + row, j);
        }
      }
      rows[order[row]] = sequence;
    }
    return rows;
  }
}
