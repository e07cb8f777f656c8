package org.rnn4j.autograd;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

/**
 * A recurrent operation with all that it can be given, every tensor random and wanted a gradient
 * of.
 */
final class RecurrentCase {
  static final int INPUT = 2;
  static final int HIDDEN = 3;

  /** The three recurrent operations. */
  enum Cell {
    LSTM(4),
    GRU_RESET_AFTER(3),
    GRU_RESET_BEFORE(3);

    final int gates;

    Cell(int gates) {
      this.gates = gates;
    }
  }

  /**
   * What a case is given.
   *
   * @param peepholes LSTM only
   * @param finalCells whether the loss reads the last cell states; LSTM only
   */
  record Variant(
      Cell cell, boolean reverse, boolean initialStates, boolean peepholes, boolean finalCells) {
    @Override
    public String toString() {
      return cell
          + (reverse ? " reverse" : "")
          + (initialStates ? " from initial states" : "")
          + (peepholes ? " with peepholes" : "")
          + (finalCells ? " to the last cells" : "");
    }
  }

  private final Variant variant;
  private final Sequences sequences;
  private final long seed;
  private final Map<String, Variable> leaves = new LinkedHashMap<>();

  RecurrentCase(Variant variant, Sequences sequences, long seed) {
    this.variant = variant;
    this.sequences = sequences;
    this.seed = seed;
    RandomStream random = new RandomStream(seed);
    int width = variant.cell.gates * HIDDEN;
    leaves.put("input", Draw.leaf(random, sequences.tokens(), INPUT));
    leaves.put("INPUT_WEIGHTS", Draw.leaf(random, INPUT, width));
    leaves.put("RECURRENT_WEIGHTS", Draw.leaf(random, HIDDEN, width));
    leaves.put("BIAS", Draw.leaf(random, width));
    if (variant.cell == Cell.GRU_RESET_AFTER) {
      leaves.put("RECURRENT_BIAS", Draw.leaf(random, width));
    }
    if (variant.peepholes) {
      leaves.put("PEEPHOLES", Draw.leaf(random, 3 * HIDDEN));
    }
    if (variant.initialStates) {
      leaves.put("initialHidden", Draw.leaf(random, sequences.batch(), HIDDEN));
      if (variant.cell == Cell.LSTM) {
        leaves.put("initialCell", Draw.leaf(random, sequences.batch(), HIDDEN));
      }
    }
  }

  /** The tensors under test, those of the layer under the names of {@link FaultyBackend.Where}. */
  Map<String, Variable> leaves() {
    return leaves;
  }

  /** A check of every tensor's gradient. */
  GradientCheck check() {
    GradientCheck check = GradientCheck.of(this::loss);
    leaves.forEach(check::variable);
    return check;
  }

  private Variable loss(Pass pass) {
    Operations.Recurrence recurrence = run(pass);
    return recurrence.finalCells() == null || !variant.finalCells
        ? Draw.weightedSum(pass, seed, recurrence.outputs())
        : Draw.weightedSum(pass, seed, recurrence.outputs(), recurrence.finalCells());
  }

  /** Runs the operation. */
  Operations.Recurrence run(Pass pass) {
    if (variant.cell == Cell.LSTM) {
      return Operations.lstm(
          pass,
          sequences,
          variant.reverse,
          given("input"),
          given("INPUT_WEIGHTS"),
          given("RECURRENT_WEIGHTS"),
          given("BIAS"),
          leaves.get("PEEPHOLES"),
          leaves.get("initialHidden"),
          leaves.get("initialCell"));
    }
    return Operations.gru(
        pass,
        sequences,
        variant.reverse,
        given("input"),
        given("INPUT_WEIGHTS"),
        given("RECURRENT_WEIGHTS"),
        given("BIAS"),
        leaves.get("RECURRENT_BIAS"),
        leaves.get("initialHidden"));
  }

  private Variable given(String name) {
    @Nullable Variable leaf = leaves.get(name);
    if (leaf == null) {
      throw new AssertionError("Expected a tensor " + name);
    }
    return leaf;
  }
}
