package org.rnn4j.goldens;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * Holds a recurrent operation to a case of {@code torch_cells.json} or {@code keras_cells.json}.
 */
final class CellGoldens {
  private static final List<String> LEAVES =
      List.of(
          "inputWeights",
          "recurrentWeights",
          "bias",
          "recurrentBias",
          "projection",
          "initialHidden",
          "initialCell");

  private CellGoldens() {}

  /**
   * Runs one case forward and backward and compares every value of it.
   *
   * @return the number of tensors whose gradients were compared
   */
  static int check(Golden golden) {
    Cell.Run run =
        Cell.of(golden)
            .run(
                ReferenceBackend.INSTANCE,
                golden.sequences("inputs"),
                golden.flag("backward"),
                matrixOrNull(golden, "initialHidden"),
                matrixOrNull(golden, "initialCell"));
    Map<Variable, Tensor> terms = new IdentityHashMap<>();
    terms.put(run.outputVariable(), run.pack(golden.sequences("outputWeighting")));
    if (golden.has("finalHidden")) {
      terms.put(run.finalHidden(), tensor(golden, "finalHiddenWeighting"));
      check(golden, "finalHidden", Fixtures.rows(run.finalHidden().value()));
    }
    Variable finalCell = run.finalCell();
    if (finalCell != null && golden.has("finalCell")) {
      terms.put(finalCell, tensor(golden, "finalCellWeighting"));
      check(golden, "finalCell", Fixtures.rows(finalCell.value()));
    }
    Closeness.GOLDEN.check(golden + ":outputs", run.outputs(), golden.sequences("outputs"));
    Variable loss = Cell.weightedSum(run.pass(), terms);
    Closeness.GOLDEN.check(golden + ":loss", loss.value().get(0), golden.number("loss"));
    run.tape().backward(loss);
    return checkGradients(golden.at("gradients"), run);
  }

  private static int checkGradients(Golden expected, Cell.Run run) {
    Closeness.GOLDEN.check(
        expected + ".inputs", run.inputGradients(), expected.sequences("inputs"));
    int compared = 1;
    for (String leaf : LEAVES) {
      if (expected.has(leaf)) {
        Closeness.GOLDEN.check(expected + "." + leaf, run.gradient(leaf), expected.flat(leaf));
        compared++;
      }
    }
    if (compared != expected.names().size()) {
      throw new AssertionError("Expected only known gradients, got " + expected.names());
    }
    return compared;
  }

  private static void check(Golden golden, String name, double[][] actual) {
    Closeness.GOLDEN.check(golden + ":" + name, actual, golden.matrix(name));
  }

  private static Tensor tensor(Golden golden, String name) {
    return Tensor.matrix(DType.FLOAT64, golden.matrix(name));
  }

  private static double @Nullable [][] matrixOrNull(Golden golden, String name) {
    return golden.has(name) ? golden.matrix(name) : null;
  }
}
