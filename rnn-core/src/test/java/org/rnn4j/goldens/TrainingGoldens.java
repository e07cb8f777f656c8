package org.rnn4j.goldens;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * Takes the Adam steps of a case of {@code torch_adam.json} or {@code keras_adam.json}: embedding,
 * two recurrent layers, last state, dense, cross-entropy.
 */
final class TrainingGoldens {
  private final Golden golden;
  private final Backend backend;
  private final Sequential model;

  TrainingGoldens(Golden golden, Backend backend) {
    this.golden = golden;
    this.backend = backend;
    int[] hidden = golden.integers("hidden");
    Sequential.Builder builder = Sequential.builder(0).type(backend.type());
    builder.embedding(golden.integer("vocabulary"), golden.integer("embeddingSize"));
    for (int size : hidden) {
      builder.layer(recurrent(size));
    }
    model = builder.lastState().dense(golden.integer("classes"), Activation.SOFTMAX).build();
    Map<String, String> names = goldenNames();
    if (!names.keySet().equals(model.parameters().keySet())) {
      throw new AssertionError("Expected " + names.keySet() + ", got " + model.parameters());
    }
    names.forEach(
        (name, path) -> {
          Tensor value = model.parameter(name).value();
          double[] initial = golden.flat("initialWeights." + path);
          value.assign(Tensor.of(value.type(), value.shape(), initial));
        });
  }

  private LayerSpec recurrent(int size) {
    return isLstm() ? Lstm.spec(size) : Gru.spec(size);
  }

  private boolean isLstm() {
    return golden.string("cell").equals("lstm");
  }

  /** Where a golden file holds each parameter of the model. */
  private Map<String, String> goldenNames() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("embedding.table", "embedding");
    String cell = golden.string("cell");
    for (String[] layer : new String[][] {{cell, "first"}, {cell + "_2", "second"}}) {
      names.put(layer[0] + ".input_weights", layer[1] + ".inputWeights");
      names.put(layer[0] + ".recurrent_weights", layer[1] + ".recurrentWeights");
      names.put(layer[0] + ".bias", layer[1] + ".bias");
      if (!isLstm()) {
        names.put(layer[0] + ".recurrent_bias", layer[1] + ".recurrentBias");
      }
    }
    names.put("dense.weights", "dense.weights");
    names.put("dense.bias", "dense.bias");
    return names;
  }

  /**
   * Trains, and compares the loss and, where it is recorded, the gradients' norm of every step, and
   * the weights after the last.
   *
   * @return the number of steps compared
   */
  int check(Adam.Form form, Closeness closeness) {
    Adam adam =
        new Adam(
            golden.number("learningRate"),
            golden.number("beta1"),
            golden.number("beta2"),
            golden.number("epsilon"),
            form);
    GradientClipping clipping =
        golden.has("clipNorm")
            ? GradientClipping.byGlobalNorm(golden.number("clipNorm"))
            : GradientClipping.none();
    Optimizer.Run run = adam.start(model.parameters());
    List<Double> losses = new ArrayList<>();
    List<Double> norms = new ArrayList<>();
    for (Golden batch : golden.objects("batches")) {
      losses.add(backward(batch));
      double norm = GradientClipping.globalNorm(backend, model.parameters().values());
      norms.add(norm);
      clipping.apply(backend, model.parameters().values(), norm);
      run.step(backend);
    }
    closeness.check(golden + ":losses", array(losses), golden.vector("losses"));
    if (golden.has("gradientNorms")) {
      closeness.check(golden + ":gradientNorms", array(norms), golden.vector("gradientNorms"));
    }
    goldenNames()
        .forEach(
            (name, path) ->
                closeness.check(
                    golden + ":finalWeights." + path,
                    model.parameter(name).value().toArray(),
                    golden.flat("finalWeights." + path)));
    return losses.size();
  }

  /** The loss of one batch, whose gradients it leaves in the parameters. */
  private double backward(Golden batch) {
    model.parameters().values().forEach(Parameter::clearGradient);
    Tape tape = new Tape();
    Pass pass = Pass.recording(backend, new Workspace(backend.type()), tape);
    Variable logits = model.logits(pass, Sequences.pack(batch.integerRows("ids")));
    Variable loss =
        SoftmaxCrossEntropy.softmaxCrossEntropy().apply(pass, logits, batch.integers("labels"));
    tape.backward(loss);
    return loss.value().get(0);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
