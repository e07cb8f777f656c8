package org.rnn4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Batch;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/** Finds out where a number that is not finite came from. */
record NotFinite(Sequential model, Backend backend) {
  private static final String ADVICE =
      "; a smaller learning rate or clipping of the gradients usually helps";

  /** Runs the batch again to name the first layer whose output is not finite. */
  TrainingException loss(String what, Batch batch, RandomStream random) {
    List<String> culprits = new ArrayList<>();
    Pass again = Pass.training(backend, new Workspace(model.type()), new Tape(), random);
    model.logits(
        again,
        batch.sequences(),
        (name, output) -> {
          if (!isFinite(output)) {
            culprits.add(name);
          }
        });
    String layer =
        culprits.isEmpty()
            ? ": every layer's output is finite, so the loss itself overflowed"
            : ": the first layer whose output is not finite is " + culprits.get(0);
    return new TrainingException(what + layer + ADVICE);
  }

  /** Names the parameter nearest the loss whose gradient is not finite. */
  TrainingException gradient(String what) {
    String culprit = "none alone, but all together";
    for (Map.Entry<String, Parameter> entry : model.parameters().entrySet()) {
      Parameter parameter = entry.getValue();
      if (parameter.isDifferentiable() && !isFinite(parameter.gradient())) {
        culprit = entry.getKey();
      }
    }
    return new TrainingException(
        what + ": the gradient nearest the loss that is not finite is that of " + culprit + ADVICE);
  }

  /** The last step of an epoch has no loss after it that would show an overflow. */
  void requireFiniteWeights(int epoch) {
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (!Double.isFinite(backend.sumOfSquares(parameter.value()))) {
                throw new TrainingException(
                    "The weights of " + name + " are not finite after epoch " + epoch + ADVICE);
              }
            });
  }

  private static boolean isFinite(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      if (!Double.isFinite(tensor.get(i))) {
        return false;
      }
    }
    return true;
  }
}
