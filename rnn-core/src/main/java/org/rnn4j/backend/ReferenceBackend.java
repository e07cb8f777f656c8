package org.rnn4j.backend;

import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The specification: every primitive in float64 with plain EJML operations, as short as the formula
 * allows and in no hurry. Gradient checks run on it, and the fast backend is held to it by parity
 * tests.
 */
public final class ReferenceBackend implements Backend {
  /** The one instance; it has no state. */
  public static final ReferenceBackend INSTANCE = new ReferenceBackend();

  private ReferenceBackend() {}

  @Override
  public DType type() {
    return DType.FLOAT64;
  }

  @Override
  public void affine(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y) {
    SimpleMatrix product = x.matrix().mult(weights.matrix());
    y.matrix().setTo(bias == null ? product : addToRows(product, bias.matrix()));
  }

  @Override
  public void affineBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias) {
    add(dx, dy.matrix().mult(weights.matrix().transpose()));
    add(dWeights, x.matrix().transpose().mult(dy.matrix()));
    add(dBias, sumOfRows(dy.matrix()));
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    SimpleMatrix value = x.matrix();
    y.matrix()
        .setTo(
            switch (activation) {
              case LINEAR -> value.copy();
              case RELU -> map(value, v -> Math.max(v, 0));
              case TANH -> tanh(value);
              case SIGMOID -> sigmoid(value);
              case SOFTMAX -> softmax(value);
            });
  }

  @Override
  public void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx) {
    SimpleMatrix value = y.matrix();
    SimpleMatrix above = dy.matrix();
    add(
        dx,
        switch (activation) {
          case LINEAR -> above;
          case RELU -> above.elementMult(map(value, v -> v > 0 ? 1 : 0));
          case TANH -> above.elementMult(map(value, v -> 1 - v * v));
          case SIGMOID -> above.elementMult(map(value, v -> v * (1 - v)));
          case SOFTMAX -> {
            SimpleMatrix weighted = value.elementMult(above);
            SimpleMatrix gradient = weighted.copy();
            for (int row = 0; row < value.getNumRows(); row++) {
              double sum = weighted.getRow(row).elementSum();
              gradient.setRow(row, weighted.getRow(row).minus(value.getRow(row).scale(sum)));
            }
            yield gradient;
          }
        });
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor y) {
    y.matrix().setTo(a.matrix().elementMult(b.matrix()));
  }

  @Override
  public void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    add(da, b.matrix().elementMult(dy.matrix()));
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor y) {
    y.matrix().setTo(a.matrix().plus(b.matrix()));
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
    for (int row = 0; row < x.rows(); row++) {
      SimpleMatrix centred = x.matrix().getRow(row);
      centred = centred.minus(centred.elementSum() / x.columns());
      double variance = centred.elementMult(centred).elementSum() / x.columns();
      double scale = 1 / Math.sqrt(variance + epsilon);
      SimpleMatrix u = centred.scale(scale);
      scales.set(row, scale);
      normalized.matrix().setRow(row, u);
      y.matrix().setRow(row, u.elementMult(gain.matrix()).plus(bias.matrix()));
    }
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
    SimpleMatrix u = normalized.matrix();
    SimpleMatrix gradient = u.copy();
    int width = u.getNumCols();
    for (int row = 0; row < u.getNumRows(); row++) {
      SimpleMatrix du = dy.matrix().getRow(row).elementMult(gain.matrix());
      double mean = du.elementSum() / width;
      double along = du.elementMult(u.getRow(row)).elementSum() / width;
      SimpleMatrix rest = du.minus(mean).minus(u.getRow(row).scale(along));
      gradient.setRow(row, rest.scale(scales.get(row)));
    }
    add(dx, gradient);
    add(dGain, sumOfRows(dy.matrix().elementMult(u)));
    add(dBias, sumOfRows(dy.matrix()));
  }

  @Override
  public void softmaxOverTime(Sequences sequences, Tensor x, Tensor y) {
    ReferenceText.forEach(
        sequences, text -> text.set(y, softmax(text.rows(x).transpose()).transpose()));
  }

  @Override
  public void softmaxOverTimeBackward(Sequences sequences, Tensor y, Tensor dy, Tensor dx) {
    ReferenceText.forEach(
        sequences,
        text -> {
          SimpleMatrix a = text.rows(y);
          SimpleMatrix da = text.rows(dy);
          SimpleMatrix sums = sumOfRows(a.elementMult(da)).negative();
          text.add(dx, a.elementMult(addToRows(da, sums)));
        });
  }

  @Override
  public void weightedSums(Sequences sequences, Tensor weights, Tensor x, Tensor y) {
    y.fill(0);
    ReferenceText.forEach(
        sequences,
        text -> {
          SimpleMatrix sums = text.rows(weights).transpose().mult(text.rows(x));
          sums.reshape(1, y.columns());
          y.matrix().setRow(text.original(), sums);
        });
  }

  @Override
  public void weightedSumsBackward(
      Sequences sequences,
      Tensor weights,
      Tensor x,
      Tensor dy,
      @Nullable Tensor dWeights,
      @Nullable Tensor dx) {
    ReferenceText.forEach(
        sequences,
        text -> {
          SimpleMatrix dSums = dy.matrix().getRow(text.original());
          dSums.reshape(weights.columns(), x.columns());
          text.add(dWeights, text.rows(x).mult(dSums.transpose()));
          text.add(dx, text.rows(weights).mult(dSums));
        });
  }

  @Override
  public RecurrentRun lstm(LstmWeights weights, RecurrentInput input, Workspace workspace) {
    return new ReferenceLstm(weights, input);
  }

  @Override
  public RecurrentRun gru(GruWeights weights, RecurrentInput input, Workspace workspace) {
    return new ReferenceGru(weights, input);
  }

  @Override
  public RecurrentRun simpleRnn(
      SimpleRnnWeights weights, RecurrentInput input, Workspace workspace) {
    return new ReferenceSimpleRnn(weights, input);
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
    SimpleMatrix g = gradients.matrix();
    SimpleMatrix m = firstMoments.matrix();
    SimpleMatrix v = secondMoments.matrix();
    m.setTo(m.scale(beta1).plus(g.scale(1 - beta1)));
    v.setTo(v.scale(beta2).plus(g.elementMult(g).scale(1 - beta2)));
    SimpleMatrix step = m.scale(stepSize).elementDiv(map(v, value -> Math.sqrt(value) + epsilon));
    weights.matrix().setTo(weights.matrix().minus(step));
  }

  @Override
  public void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize) {
    SimpleMatrix g = gradients.matrix();
    SimpleMatrix step = g;
    if (velocities != null) {
      SimpleMatrix u = velocities.matrix();
      u.setTo(u.scale(momentum).plus(g));
      step = nesterov ? g.plus(momentum, u) : u;
    }
    weights.matrix().setTo(weights.matrix().plus(-stepSize, step));
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
    SimpleMatrix g = gradients.matrix();
    SimpleMatrix v = squares.matrix();
    v.setTo(v.scale(decay).plus(g.elementMult(g).scale(1 - decay)));
    SimpleMatrix step = g.elementDiv(map(v, value -> Math.sqrt(value) + epsilon));
    if (velocities != null) {
      SimpleMatrix u = velocities.matrix();
      u.setTo(u.scale(momentum).plus(step));
      step = u;
    }
    weights.matrix().setTo(weights.matrix().plus(-stepSize, step));
  }

  @Override
  public double sumOfSquares(Tensor tensor) {
    return tensor.matrix().elementMult(tensor.matrix()).elementSum();
  }

  @Override
  public void scale(Tensor x, double factor) {
    x.matrix().setTo(x.matrix().scale(factor));
  }

  @Override
  public void clamp(Tensor x, double limit) {
    x.matrix().setTo(map(x.matrix(), v -> Math.max(-limit, Math.min(limit, v))));
  }

  @Override
  public void addScaled(Tensor y, Tensor x, double factor) {
    y.matrix().setTo(y.matrix().plus(factor, x.matrix()));
  }

  @Override
  public void blend(Tensor y, Tensor x, double share) {
    y.matrix().setTo(y.matrix().plus(share, x.matrix().minus(y.matrix())));
  }

  /** A function of one element. */
  @FunctionalInterface
  interface Function {
    double apply(double value);
  }

  static SimpleMatrix map(SimpleMatrix matrix, Function function) {
    return matrix.elementOp((int row, int column, double value) -> function.apply(value));
  }

  static SimpleMatrix sigmoid(SimpleMatrix x) {
    return map(x, v -> v >= 0 ? 1 / (1 + StrictMath.exp(-v)) : 1 - 1 / (1 + StrictMath.exp(v)));
  }

  static SimpleMatrix tanh(SimpleMatrix x) {
    return map(x, StrictMath::tanh);
  }

  private static SimpleMatrix softmax(SimpleMatrix x) {
    SimpleMatrix y = x.copy();
    for (int row = 0; row < x.getNumRows(); row++) {
      double greatest = x.getRow(row).elementMax();
      SimpleMatrix powers = map(x.getRow(row), v -> StrictMath.exp(v - greatest));
      y.setRow(row, powers.divide(powers.elementSum()));
    }
    return y;
  }

  /** The matrix with a row vector added to each of its rows. */
  static SimpleMatrix addToRows(SimpleMatrix matrix, SimpleMatrix row) {
    return matrix.plus(SimpleMatrix.ones(matrix.getNumRows(), 1).mult(row));
  }

  /** The sum of all rows, as a row vector. */
  static SimpleMatrix sumOfRows(SimpleMatrix matrix) {
    return SimpleMatrix.ones(1, matrix.getNumRows()).mult(matrix);
  }

  /** Adds to a gradient that is wanted; does nothing where it is not. */
  static void add(@Nullable Tensor target, SimpleMatrix gradient) {
    if (target != null) {
      target.matrix().setTo(target.matrix().plus(gradient));
    }
  }
}
