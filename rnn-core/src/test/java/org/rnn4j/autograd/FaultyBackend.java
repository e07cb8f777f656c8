package org.rnn4j.autograd;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.GruWeights;
import org.rnn4j.backend.LstmWeights;
import org.rnn4j.backend.RecurrentGradients;
import org.rnn4j.backend.RecurrentInput;
import org.rnn4j.backend.RecurrentRun;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.SimpleRnnWeights;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The reference backend with a deliberate error: after the backward of a recurrent layer, the
 * gradient of one gate's columns in one of its tensors is scaled.
 */
final class FaultyBackend implements Backend {
  private final Backend correct = ReferenceBackend.INSTANCE;
  private final Fault fault;
  private final Predicate<Tensor> layer;

  /**
   * What is wrong.
   *
   * @param where in which tensor of the layer
   * @param gate which block of columns
   * @param factor what the gradient there is multiplied by
   */
  record Fault(Where where, int gate, double factor) {}

  /** The tensors of a recurrent layer that have a column for each gate and unit. */
  enum Where {
    INPUT_WEIGHTS,
    RECURRENT_WEIGHTS,
    BIAS,
    RECURRENT_BIAS,
    PEEPHOLES;

    @Nullable Tensor of(RecurrentGradients gradients) {
      return switch (this) {
        case INPUT_WEIGHTS -> gradients.inputWeights();
        case RECURRENT_WEIGHTS -> gradients.recurrentWeights();
        case BIAS -> gradients.bias();
        case RECURRENT_BIAS -> gradients.recurrentBias();
        case PEEPHOLES -> gradients.peepholes();
      };
    }
  }

  /**
   * A backend with an error.
   *
   * @param layer whether the layer with these recurrent weights has it
   */
  FaultyBackend(Fault fault, Predicate<Tensor> layer) {
    this.fault = fault;
    this.layer = layer;
  }

  @Override
  public RecurrentRun lstm(LstmWeights weights, RecurrentInput input, Workspace workspace) {
    RecurrentRun run = correct.lstm(weights, input, workspace);
    return layer.test(weights.recurrent()) ? new FaultyRun(run, weights.hidden()) : run;
  }

  @Override
  public RecurrentRun gru(GruWeights weights, RecurrentInput input, Workspace workspace) {
    RecurrentRun run = correct.gru(weights, input, workspace);
    return layer.test(weights.recurrent()) ? new FaultyRun(run, weights.hidden()) : run;
  }

  @Override
  public RecurrentRun simpleRnn(
      SimpleRnnWeights weights, RecurrentInput input, Workspace workspace) {
    RecurrentRun run = correct.simpleRnn(weights, input, workspace);
    return layer.test(weights.recurrent()) ? new FaultyRun(run, weights.hidden()) : run;
  }

  private final class FaultyRun implements RecurrentRun {
    private final RecurrentRun run;
    private final int hidden;

    FaultyRun(RecurrentRun run, int hidden) {
      this.run = run;
      this.hidden = hidden;
    }

    @Override
    public Tensor outputs() {
      return run.outputs();
    }

    @Override
    public @Nullable Tensor finalCells() {
      return run.finalCells();
    }

    @Override
    public void backward(RecurrentGradients gradients) {
      Tensor target = fault.where.of(gradients);
      if (target == null) {
        throw new AssertionError("Expected a gradient of " + fault.where + " to be wanted");
      }
      Tensor before = target.copy();
      run.backward(gradients);
      for (int row = 0; row < target.rows(); row++) {
        for (int j = fault.gate * hidden; j < (fault.gate + 1) * hidden; j++) {
          double added = target.get(row, j) - before.get(row, j);
          target.set(row, j, before.get(row, j) + fault.factor * added);
        }
      }
    }
  }

  @Override
  public DType type() {
    return correct.type();
  }

  @Override
  public void affine(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y) {
    correct.affine(x, weights, bias, y);
  }

  @Override
  public void affineBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias) {
    correct.affineBackward(x, weights, dy, dx, dWeights, dBias);
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    correct.activate(activation, x, y);
  }

  @Override
  public void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx) {
    correct.activateBackward(activation, y, dy, dx);
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor y) {
    correct.multiply(a, b, y);
  }

  @Override
  public void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    correct.multiplyBackward(b, dy, da);
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor y) {
    correct.add(a, b, y);
  }

  @Override
  public void layerNorm(
      Tensor x,
      Tensor gain,
      Tensor bias,
      double epsilon,
      Tensor normalized,
      Tensor scales,
      Tensor y) {
    correct.layerNorm(x, gain, bias, epsilon, normalized, scales, y);
  }

  @Override
  public void layerNormBackward(
      Tensor normalized,
      Tensor scales,
      Tensor gain,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dGain,
      @Nullable Tensor dBias) {
    correct.layerNormBackward(normalized, scales, gain, dy, dx, dGain, dBias);
  }

  @Override
  public void softmaxOverTime(Sequences sequences, Tensor x, Tensor y) {
    correct.softmaxOverTime(sequences, x, y);
  }

  @Override
  public void softmaxOverTimeBackward(Sequences sequences, Tensor y, Tensor dy, Tensor dx) {
    correct.softmaxOverTimeBackward(sequences, y, dy, dx);
  }

  @Override
  public void weightedSums(Sequences sequences, Tensor weights, Tensor x, Tensor y) {
    correct.weightedSums(sequences, weights, x, y);
  }

  @Override
  public void weightedSumsBackward(
      Sequences sequences,
      Tensor weights,
      Tensor x,
      Tensor dy,
      @Nullable Tensor dWeights,
      @Nullable Tensor dx) {
    correct.weightedSumsBackward(sequences, weights, x, dy, dWeights, dx);
  }

  @Override
  public void lookup(Sequences sequences, Tensor table, Tensor y) {
    correct.lookup(sequences, table, y);
  }

  @Override
  public void lookupBackward(Sequences sequences, Tensor dy, Tensor dTable) {
    correct.lookupBackward(sequences, dy, dTable);
  }

  @Override
  public void adam(
      Tensor weights,
      Tensor gradients,
      Tensor firstMoments,
      Tensor secondMoments,
      double beta1,
      double beta2,
      double stepSize,
      double epsilon) {
    correct.adam(weights, gradients, firstMoments, secondMoments, beta1, beta2, stepSize, epsilon);
  }

  @Override
  public double sumOfSquares(Tensor tensor) {
    return correct.sumOfSquares(tensor);
  }

  @Override
  public void scale(Tensor x, double factor) {
    correct.scale(x, factor);
  }

  @Override
  public void blend(Tensor y, Tensor x, double share) {
    correct.blend(y, x, share);
  }

  @Override
  public void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize) {
    correct.sgd(weights, gradients, velocities, momentum, nesterov, stepSize);
  }

  @Override
  public void rmsProp(
      Tensor weights,
      Tensor gradients,
      Tensor squares,
      @Nullable Tensor velocities,
      double decay,
      double momentum,
      double stepSize,
      double epsilon) {
    correct.rmsProp(weights, gradients, squares, velocities, decay, momentum, stepSize, epsilon);
  }

  @Override
  public void clamp(Tensor x, double limit) {
    correct.clamp(x, limit);
  }

  @Override
  public void addScaled(Tensor y, Tensor x, double factor) {
    correct.addScaled(y, x, factor);
  }
}
