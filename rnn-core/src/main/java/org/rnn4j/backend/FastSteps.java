package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * What the fast recurrences share: the walk of one shard of rows through the steps of a packed
 * batch, in either direction of reading, and states in packed order.
 *
 * <p>A shard owns the packed rows {@code from … to − 1} through all steps; shards hold about the
 * same number of tokens. At a step its live rows are {@code from … from + live − 1}; the first
 * {@code carried} of them were read before, the others begin here from their initial state.
 */
final class FastSteps {
  /** Token rows that are worked on together: few enough that their gates stay in the cache. */
  private static final int GROUP = 128;

  private final RecurrentInput input;
  private final Sequences sequences;

  FastSteps(RecurrentInput input) {
    this.input = input;
    this.sequences = input.sequences();
  }

  /** One step of a shard. Offsets count rows: into packed values, and into states. */
  interface Visitor {
    /**
     * Visits a step.
     *
     * @param token the first token row of the shard's live rows
     * @param gateRow the first row of their gates
     * @param live how many rows are live
     * @param previousToken the first token row of the step read before
     * @param carried how many of the live rows were read at that step; the rest start here
     */
    void visit(int token, int gateRow, int live, int previousToken, int carried);
  }

  /** Works on token rows that follow each other, several steps' or one's. */
  interface Block {
    /** Works on {@code rows} token rows from {@code token} on, whose gates begin at a row. */
    void run(int token, int rows, int gateRow);
  }

  /** One shard: the rows from … to − 1 of the batch. */
  interface Shard {
    /** Runs the shard of a number. */
    void run(int number, int from, int to);
  }

  /** The time step read at a position of the reading order. */
  private int step(int position) {
    return input.reverse() ? sequences.steps() - 1 - position : position;
  }

  /**
   * How many rows of gates there are: one a token where a backward will want them, else one for
   * each token of a group of steps and shard.
   */
  int gateRows(Products products) {
    return input.forBackward()
        ? sequences.tokens()
        : Math.min(products.threads(), sequences.batch()) * GROUP + sequences.batch();
  }

  /**
   * Visits the steps of a shard in reading order. Before each group of steps, {@code before} is
   * given their token rows, so that what it writes is in the cache when the steps read it.
   */
  void forward(int shard, int from, int to, Block before, Visitor visitor) {
    int end = 0;
    int gateRow = 0;
    for (int position = 0; position < sequences.steps(); position++) {
      if (position == end) {
        end = groupEnd(position, from, to);
        gateRow = shard * GROUP + from;
        blocks(position, end, from, to, gateRow, before);
      }
      visit(position, from, to, gateRow, visitor);
      gateRow += live(position, from, to);
    }
  }

  /**
   * Visits the steps of a shard against the reading order. After each group of steps, {@code after}
   * is given their token rows while they are in the cache.
   *
   * @param flowing the gradients of the states that a visit leaves for the step read before, in
   *     packed order; they end where the input says that they are cut
   */
  void backward(int from, int to, Visitor visitor, Block after, Tensor... flowing) {
    int[] ends = new int[sequences.steps() + 1];
    int groups = 0;
    while (ends[groups] < sequences.steps()) {
      ends[groups + 1] = groupEnd(ends[groups], from, to);
      groups++;
    }
    for (int group = groups - 1; group >= 0; group--) {
      for (int position = ends[group + 1] - 1; position >= ends[group]; position--) {
        visit(position, from, to, 0, visitor);
        cut(position, from, to, flowing);
      }
      blocks(ends[group], ends[group + 1], from, to, 0, after);
    }
  }

  private void cut(int position, int from, int to, Tensor... flowing) {
    if (input.truncation() == 0) {
      return;
    }
    for (int row = from; row < from + live(position, from, to); row++) {
      if (input.cutsBefore(row, step(position))) {
        for (Tensor gradient : flowing) {
          int width = gradient.columns();
          Arrays.fill(gradient.floats(), row * width, (row + 1) * width, 0);
        }
      }
    }
  }

  /** Rows of a shard that are live at the step of a position. */
  private int live(int position, int from, int to) {
    return Math.max(0, Math.min(sequences.size(step(position)), to) - from);
  }

  /** Where a group of steps that begins at a position ends: when it has enough rows. */
  private int groupEnd(int position, int from, int to) {
    int rows = 0;
    int end = position;
    while (end < sequences.steps() && rows < GROUP) {
      rows += live(end, from, to);
      end++;
    }
    return end;
  }

  /** Gives the token rows of some positions, as few and as large pieces as they lie in. */
  private void blocks(int first, int end, int from, int to, int gateRow, Block block) {
    int start = 0;
    int stop = 0;
    int gate = gateRow;
    for (int position = first; position < end; position++) {
      int rows = live(position, from, to);
      int token = sequences.offset(step(position)) + from;
      if (rows == 0) {
        continue;
      }
      if (start < stop && token == stop) {
        stop += rows;
      } else if (start < stop && token + rows == start && input.forBackward()) {
        start = token;
      } else {
        give(start, stop, gate, block);
        gate += stop - start;
        start = token;
        stop = token + rows;
      }
    }
    give(start, stop, gate, block);
  }

  private void give(int start, int stop, int gate, Block block) {
    if (start < stop) {
      block.run(start, stop - start, input.forBackward() ? start : gate);
    }
  }

  private void visit(int position, int from, int to, int gateRow, Visitor visitor) {
    int step = step(position);
    int live = live(position, from, to);
    if (live == 0) {
      return;
    }
    int carried = 0;
    int previousToken = 0;
    if (position > 0) {
      int previous = step(position - 1);
      carried = Math.max(0, Math.min(live, sequences.size(previous) - from));
      previousToken = sequences.offset(previous) + from;
    }
    int token = sequences.offset(step) + from;
    visitor.visit(token, input.forBackward() ? token : gateRow, live, previousToken, carried);
  }

  /**
   * Cuts the rows of the batch into one shard a thread, with about equal numbers of tokens, and
   * runs them.
   */
  void shards(Products products, Shard shard) {
    int[] bounds = bounds(products.threads());
    products.parallel(
        bounds.length - 1,
        part -> {
          if (bounds[part] < bounds[part + 1]) {
            shard.run(part, bounds[part], bounds[part + 1]);
          }
        });
  }

  private int[] bounds(int threads) {
    int parts = Math.max(1, Math.min(threads, sequences.batch()));
    int[] bounds = new int[parts + 1];
    long tokens = 0;
    int part = 1;
    for (int row = 0; row < sequences.batch() && part < parts; row++) {
      tokens += sequences.length(row);
      if (tokens * parts >= (long) sequences.tokens() * part) {
        bounds[part++] = row + 1;
      }
    }
    Arrays.fill(bounds, part, parts + 1, sequences.batch());
    return bounds;
  }

  /** A state given in original order, or zeros, with its rows in packed order. */
  Tensor packedState(@Nullable Tensor state, int width, Workspace workspace) {
    Tensor packed = workspace.zeros(sequences.batch(), width);
    if (state != null) {
      for (int row = 0; row < sequences.batch(); row++) {
        Rows.copy(state, sequences.original(row), packed, row);
      }
    }
    return packed;
  }

  /** Adds a state in packed order to one in original order. */
  void addToOriginal(Tensor packed, Tensor state) {
    for (int row = 0; row < sequences.batch(); row++) {
      Rows.add(packed, row, 1, state, sequences.original(row));
    }
  }

  /**
   * The state of each token's step before: outputs moved by one step, initial states where a
   * sequence begins.
   */
  Tensor previousStates(Tensor outputs, Tensor initial, Workspace workspace) {
    int width = outputs.columns();
    Tensor previous = workspace.uninitialised(sequences.tokens(), width);
    forward(
        0,
        0,
        sequences.batch(),
        (token, rows, gateRow) -> {},
        (token, gateRow, live, previousToken, carried) -> {
          int moved = carried * width;
          System.arraycopy(
              outputs.floats(), previousToken * width, previous.floats(), token * width, moved);
          System.arraycopy(
              initial.floats(),
              moved,
              previous.floats(),
              token * width + moved,
              live * width - moved);
        });
    return previous;
  }
}
