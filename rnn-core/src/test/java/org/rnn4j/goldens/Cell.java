package org.rnn4j.goldens;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Reading;
import org.rnn4j.autograd.RecurrentOperations;
import org.rnn4j.autograd.RecurrentOperations.Recurrence;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * A recurrent layer whose weights are plain arrays under the names of the golden files ({@code
 * inputWeights}, {@code recurrentWeights}, {@code bias}, and where there are some {@code
 * recurrentBias}, {@code peepholes}, {@code projection}, {@code stateMasks}), run as one operation.
 *
 * @param kind {@code lstm}, {@code gru} or {@code simple_rnn}; a GRU with a recurrent bias resets
 *     after the product
 */
record Cell(String kind, Map<String, double[][]> weights) {

  /** The weights of a golden file's case. */
  static Cell of(Golden golden) {
    Map<String, double[][]> weights = new LinkedHashMap<>();
    weights.put("inputWeights", golden.matrix("inputWeights"));
    weights.put("recurrentWeights", golden.matrix("recurrentWeights"));
    weights.put("bias", row(golden.vector("bias")));
    if (golden.has("recurrentBias")) {
      weights.put("recurrentBias", row(golden.vector("recurrentBias")));
    }
    if (golden.has("projection")) {
      weights.put("projection", golden.matrix("projection"));
    }
    if (golden.has("stateMasks")) {
      weights.put("stateMasks", golden.matrix("stateMasks"));
    }
    return new Cell(golden.string("cell"), weights);
  }

  static double[][] row(double... values) {
    return new double[][] {values};
  }

  /**
   * Reads a batch.
   *
   * @param inputs one list of row vectors a sequence
   * @param initialHidden {@code [batch, hidden]}, or null for zeros
   * @param initialCell likewise; for an LSTM
   */
  Run run(
      Backend backend,
      double[][][] inputs,
      boolean reverse,
      double @Nullable [][] initialHidden,
      double @Nullable [][] initialCell) {
    DType type = backend.type();
    Sequences sequences =
        Sequences.ofLengths(Arrays.stream(inputs).mapToInt(sequence -> sequence.length).toArray());
    Map<String, Variable> leaves = new HashMap<>();
    weights.forEach((name, value) -> leaves.put(name, leaf(Tensor.matrix(type, value))));
    int width = weights.get("inputWeights").length;
    leaves.put("inputs", leaf(sequences.packRows(type, width, inputs)));
    if (initialHidden != null) {
      leaves.put("initialHidden", leaf(Tensor.matrix(type, initialHidden)));
    }
    if (initialCell != null) {
      leaves.put("initialCell", leaf(Tensor.matrix(type, initialCell)));
    }
    Tape tape = new Tape();
    Pass pass = Pass.recording(backend, new Workspace(type), tape);
    Recurrence recurrence = recurrence(pass, sequences, reverse, leaves);
    Variable outputs = recurrence.outputs();
    return new Run(
        sequences,
        tape,
        pass,
        leaves,
        outputs,
        Operations.lastState(pass, sequences, reverse, outputs),
        recurrence.finalCells());
  }

  private Recurrence recurrence(
      Pass pass, Sequences sequences, boolean reverse, Map<String, Variable> leaves) {
    Reading reading =
        Reading.of(sequences, leaves.get("inputs"))
            .reverse(reverse)
            .from(leaves.get("initialHidden"), leaves.get("initialCell"))
            .stateMasks(leaves.containsKey("stateMasks") ? leaves.get("stateMasks").value() : null);
    Variable w = leaves.get("inputWeights");
    Variable u = leaves.get("recurrentWeights");
    Variable b = leaves.get("bias");
    return switch (kind) {
      case "lstm" ->
          RecurrentOperations.lstm(
              pass,
              new RecurrentOperations.Lstm(
                  w,
                  u,
                  b,
                  leaves.get("peepholes"),
                  leaves.get("projection"),
                  Double.POSITIVE_INFINITY,
                  Double.POSITIVE_INFINITY),
              reading);
      case "gru" ->
          RecurrentOperations.gru(
              pass, new RecurrentOperations.Gru(w, u, b, leaves.get("recurrentBias")), reading);
      case "simple_rnn" ->
          RecurrentOperations.simpleRnn(pass, new RecurrentOperations.SimpleRnn(w, u, b), reading);
      default -> throw new AssertionError("Expected lstm, gru or simple_rnn, got " + kind);
    };
  }

  private static Variable leaf(Tensor value) {
    return Variable.differentiable(value);
  }

  /**
   * What a cell gave, in the order of the caller's sequences.
   *
   * @param finalCell null for a GRU
   */
  record Run(
      Sequences sequences,
      Tape tape,
      Pass pass,
      Map<String, Variable> leaves,
      Variable outputVariable,
      Variable finalHidden,
      @Nullable Variable finalCell) {

    /** h of every token. */
    double[][][] outputs() {
      return sequences.unpackRows(outputVariable.value());
    }

    /** The gradient of a weight or an initial state. */
    double[] gradient(String leaf) {
      return leaves.get(leaf).gradient().toArray();
    }

    /** The gradient of the inputs. */
    double[][][] inputGradients() {
      return sequences.unpackRows(leaves.get("inputs").gradient());
    }

    /** Weightings given per token, packed as the outputs are. */
    Tensor pack(double[][][] rows) {
      return sequences.packRows(
          outputVariable.value().type(), outputVariable.value().columns(), rows);
    }
  }

  /**
   * {@code Σ value∘weighting} over several variables: the scalar whose gradients the goldens hold.
   */
  static Variable weightedSum(Pass pass, Map<Variable, Tensor> terms) {
    double sum = 0;
    for (Map.Entry<Variable, Tensor> term : terms.entrySet()) {
      Tensor value = term.getKey().value();
      for (int i = 0; i < value.size(); i++) {
        sum += value.get(i) * term.getValue().get(i);
      }
    }
    Tensor scalar = Tensor.of(pass.backend().type(), Shape.of(), sum);
    Variable result = pass.result(scalar, terms.keySet().toArray(new Variable[0]));
    pass.record(
        result,
        () ->
            terms.forEach(
                (variable, weighting) -> {
                  Tensor target = pass.target(variable);
                  for (int i = 0; target != null && i < target.size(); i++) {
                    target.set(i, target.get(i) + result.gradient().get(0) * weighting.get(i));
                  }
                }));
    return result;
  }
}
