package org.rnn4j.bench.accuracy;

import java.util.Arrays;
import java.util.List;
import org.rnn4j.autograd.Pass;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.Predictions;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** From logits to predictions, the same way whoever they are from. */
final class Judgement {
  private static final int AT_ONCE = 64;

  private Judgement() {}

  /** The logits of rnn4j's network, {@code [texts, outputs]}. */
  static Tensor logits(Sequential model, List<Example> examples) {
    Backend backend = new FastBackend(KernelSelection.kernels());
    Workspace workspace = new Workspace(DType.FLOAT32);
    Tensor all = Tensor.zeros(DType.FLOAT64, examples.size(), model.outputs());
    for (int[] places : new Batcher(AT_ONCE).sorted(examples)) {
      List<int[]> ids = Arrays.stream(places).mapToObj(place -> examples.get(place).ids()).toList();
      Tensor logits = model.logits(Pass.inference(backend, workspace), Sequences.pack(ids)).value();
      for (int row = 0; row < places.length; row++) {
        for (int j = 0; j < all.columns(); j++) {
          all.set(places[row], j, logits.get(row, j));
        }
      }
      workspace.reset();
    }
    return all;
  }

  /** What logits say of examples. */
  static Predictions predictions(Activation head, Tensor logits, List<Example> examples) {
    Tensor probabilities = Tensor.zeros(DType.FLOAT64, logits.shape());
    ReferenceBackend.INSTANCE.activate(head, logits, probabilities);
    return Predictions.of(probabilities, examples.stream().mapToInt(Example::label).toArray());
  }

  /** The mean of {@code −log p} of the label. */
  static double loss(Predictions predictions) {
    return CollectedMetric.logLoss().of(predictions);
  }

  /** How far values are from others at most, as a share of the greatest of these. */
  static double apart(Tensor own, Tensor others) {
    double greatest = 0;
    double apart = 0;
    for (int i = 0; i < own.size(); i++) {
      greatest = Math.max(greatest, Math.abs(own.get(i)));
      double here = Math.abs(own.get(i) - others.get(i));
      apart = here <= apart ? apart : here; // what is not a number stays
    }
    return apart / greatest;
  }
}
