package org.rnn4j.autograd;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.RecurrentOperations.Recurrence;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

/**
 * A recurrent operation with all that it can be given, every tensor random and wanted a gradient
 * of.
 */
final class RecurrentCase {
  static final int INPUT = 2;
  static final int HIDDEN = 3;

  /** The size of a projected state. */
  static final int PROJECTED = 2;

  /** Limits that some of the cells and outputs reach, and none crosses between differences. */
  static final double CELL_CLIP = 0.45;

  static final double PROJECTION_CLIP = 0.3;

  /** The recurrent operations. */
  enum Cell {
    SIMPLE(1),
    LSTM(4),
    LSTM_PROJECTED(4),
    GRU_RESET_AFTER(3),
    GRU_RESET_BEFORE(3);

    final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    int state() {
      return this == LSTM_PROJECTED ? PROJECTED : HIDDEN;
    }

    boolean hasCells() {
      return this == LSTM || this == LSTM_PROJECTED;
    }
  }

  /**
   * What a case is given.
   *
   * @param peepholes LSTM only
   * @param finalCells whether the loss reads the last cell states; LSTM only
   * @param masks whether there is recurrent dropout
   */
  record Variant(
      Cell cell,
      boolean reverse,
      boolean initialStates,
      boolean peepholes,
      boolean finalCells,
      boolean masks) {
    Variant(
        Cell cell, boolean reverse, boolean initialStates, boolean peepholes, boolean finalCells) {
      this(cell, reverse, initialStates, peepholes, finalCells, false);
    }

    @Override
    public String toString() {
      return cell
          + (reverse ? " reverse" : "")
          + (initialStates ? " from initial states" : "")
          + (peepholes ? " with peepholes" : "")
          + (finalCells ? " to the last cells" : "")
          + (masks ? " with recurrent dropout" : "");
    }
  }

  private final Variant variant;
  private final Sequences sequences;
  private final long seed;
  private final Map<String, Variable> leaves = new LinkedHashMap<>();
  private final @Nullable Tensor masks;

  RecurrentCase(Variant variant, Sequences sequences, long seed) {
    this.variant = variant;
    this.sequences = sequences;
    this.seed = seed;
    RandomStream random = new RandomStream(seed);
    int width = variant.cell.gates * HIDDEN;
    leaves.put("input", Draw.leaf(random, sequences.tokens(), INPUT));
    leaves.put("INPUT_WEIGHTS", Draw.leaf(random, INPUT, width));
    leaves.put("RECURRENT_WEIGHTS", Draw.leaf(random, variant.cell.state(), width));
    leaves.put("BIAS", Draw.leaf(random, width));
    if (variant.cell == Cell.GRU_RESET_AFTER) {
      leaves.put("RECURRENT_BIAS", Draw.leaf(random, width));
    }
    if (variant.peepholes) {
      leaves.put("PEEPHOLES", Draw.leaf(random, 3 * HIDDEN));
    }
    if (variant.initialStates) {
      leaves.put("initialHidden", Draw.leaf(random, sequences.batch(), variant.cell.state()));
      if (variant.cell.hasCells()) {
        leaves.put("initialCell", Draw.leaf(random, sequences.batch(), HIDDEN));
      }
    }
    if (variant.cell == Cell.LSTM_PROJECTED) {
      leaves.put("projection", Draw.leaf(random, HIDDEN, PROJECTED));
    }
    masks = variant.masks ? masks(random, sequences.batch()) : null;
  }

  /** A third is dropped. */
  private Tensor masks(RandomStream random, int batch) {
    Tensor drawn = Tensor.zeros(DType.FLOAT64, batch, variant.cell.gates * variant.cell.state());
    for (int i = 0; i < drawn.size(); i++) {
      drawn.set(i, random.nextInt(3) == 0 ? 0 : 1.5);
    }
    return drawn;
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
    Recurrence recurrence = run(pass);
    return recurrence.finalCells() == null || !variant.finalCells
        ? Draw.weightedSum(pass, seed, recurrence.outputs())
        : Draw.weightedSum(pass, seed, recurrence.outputs(), recurrence.finalCells());
  }

  /** Runs the operation. */
  Recurrence run(Pass pass) {
    return run(
        pass,
        Reading.of(sequences, given("input"))
            .reverse(variant.reverse)
            .from(leaves.get("initialHidden"), leaves.get("initialCell"))
            .stateMasks(masks));
  }

  /** Runs the operation on something else to read. */
  Recurrence run(Pass pass, Reading reading) {
    Variable w = given("INPUT_WEIGHTS");
    Variable u = given("RECURRENT_WEIGHTS");
    Variable b = given("BIAS");
    return switch (variant.cell) {
      case SIMPLE ->
          RecurrentOperations.simpleRnn(pass, new RecurrentOperations.SimpleRnn(w, u, b), reading);
      case LSTM ->
          RecurrentOperations.lstm(
              pass, new RecurrentOperations.Lstm(w, u, b, leaves.get("PEEPHOLES")), reading);
      case LSTM_PROJECTED ->
          RecurrentOperations.lstm(
              pass,
              new RecurrentOperations.Lstm(
                  w, u, b, null, given("projection"), CELL_CLIP, PROJECTION_CLIP),
              reading);
      case GRU_RESET_AFTER, GRU_RESET_BEFORE ->
          RecurrentOperations.gru(
              pass, new RecurrentOperations.Gru(w, u, b, leaves.get("RECURRENT_BIAS")), reading);
    };
  }

  private Variable given(String name) {
    @Nullable Variable leaf = leaves.get(name);
    if (leaf == null) {
      throw new AssertionError("Expected a tensor " + name);
    }
    return leaf;
  }
}
