package org.rnn4j.goldens;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.loss.Loss;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Holds a loss and its gradient with respect to the logits to a case of a golden file. */
final class LossGoldens {
  private LossGoldens() {}

  /**
   * Compares one case.
   *
   * @param width the width that the loss is given the logits in, row-major
   * @param labels the class of each row of that width
   */
  static void check(Golden golden, Loss loss, int width, int... labels) {
    double[] values = golden.flat("logits");
    Shape shape = Shape.of(values.length / width, width);
    Variable logits = Variable.differentiable(Tensor.of(DType.FLOAT64, shape, values));
    Tape tape = new Tape();
    Pass pass = Pass.recording(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64), tape);
    Variable value = loss.apply(pass, logits, labels);
    tape.backward(value);
    Closeness.GOLDEN.check(golden + ":loss", value.value().get(0), golden.number("loss"));
    Closeness.GOLDEN.check(
        golden + ":gradient", logits.gradient().toArray(), golden.flat("gradient"));
  }
}
