package org.rnn4j.backend;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The primitives in float32 over {@link Kernels}, on one thread or several. Results do not depend
 * on the kernels, the number of threads, or the other sequences of a batch.
 *
 * <p>Without workers of its own a backend is single-threaded and may be used by any number of
 * threads at once, as prediction does. A backend with {@link Workers} belongs to one thread at a
 * time, as training does.
 */
public final class FastBackend implements Backend, RowUpdates {
  /** Elements of an Adam step, and of a copy, that are worth a thread. */
  private static final int SMALLEST_ADAM = 1 << 14;

  private final Kernels kernels;
  private final Products products;
  private final FastAttention attention;
  private final FastNormalization normalization;

  /** A single-threaded backend over the given kernels. */
  public FastBackend(Kernels kernels) {
    this(kernels, new Workers(1));
  }

  /**
   * A backend over the given kernels whose work is shared among a team, which the caller closes.
   */
  public FastBackend(Kernels kernels, Workers workers) {
    this.kernels = kernels;
    this.products = new Products(kernels, workers);
    this.attention = new FastAttention(products);
    this.normalization = new FastNormalization(products);
  }

  @Override
  public DType type() {
    return DType.FLOAT32;
  }

  @Override
  public void affine(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y) {
    int out = weights.columns();
    if (bias == null) {
      y.fill(0);
    } else {
      Products.fillRows(bias.floats(), 0, y.floats(), 0, out, x.rows(), out);
    }
    products.rowsTimes(
        x.floats(),
        x.columns(),
        PackedWeights.of(kernels, weights).whole(),
        y.floats(),
        0,
        out,
        x.rows());
  }

  /** {@link #affine(Tensor, Tensor, Tensor, Tensor)} on rows without gaps. */
  public void affine(float[] x, int rows, Tensor weights, @Nullable Tensor bias, float[] y) {
    int in = weights.rows();
    int out = weights.columns();
    if (bias == null) {
      Arrays.fill(y, 0, rows * out, 0f);
    } else {
      Products.fillRows(bias.floats(), 0, y, 0, out, rows, out);
    }
    PackedMatrix packed = PackedWeights.of(kernels, weights).whole();
    kernels.multiplyAdd(rows, x, 0, in, 1, packed, y, 0, out);
  }

  @Override
  public void affineBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias) {
    int in = weights.rows();
    int out = weights.columns();
    if (dx != null) {
      PackedMatrix transposed = PackedWeights.of(kernels, weights).wholeTransposed();
      products.rowsTimes(dy.floats(), out, transposed, dx.floats(), 0, in, x.rows());
    }
    TokenSums sums = new TokenSums(products, dy.floats(), 0, out, out, x.rows());
    if (dWeights != null) {
      sums.product(x.floats(), 0, in, in, dWeights.floats(), 0, out);
    }
    if (dBias != null) {
      sums.sum(dBias.floats(), 0);
    }
    sums.run();
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    System.arraycopy(x.floats(), 0, y.floats(), 0, x.size());
    activate(activation, y.floats(), x.rows(), x.columns());
  }

  /** {@link #activate(Activation, Tensor, Tensor)} in place on rows without gaps. */
  public void activate(Activation activation, float[] values, int rows, int columns) {
    int n = rows * columns;
    switch (activation) {
      case LINEAR -> {}
      case RELU -> {
        for (int i = 0; i < n; i++) {
          values[i] = Math.max(values[i], 0);
        }
      }
      case TANH -> kernels.tanh(values, 0, n);
      case SIGMOID -> kernels.sigmoid(values, 0, n);
      case SOFTMAX -> {
        for (int row = 0; row < rows; row++) {
          softmax(values, row * columns, columns);
        }
      }
    }
  }

  private static void softmax(float[] x, int offset, int n) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      greatest = Math.max(greatest, x[offset + j]);
    }
    float sum = 0;
    for (int j = 0; j < n; j++) {
      x[offset + j] = FloatMath.exp(x[offset + j] - greatest);
      sum += x[offset + j];
    }
    for (int j = 0; j < n; j++) {
      x[offset + j] /= sum;
    }
  }

  @Override
  public void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx) {
    float[] value = y.floats();
    float[] above = dy.floats();
    float[] target = dx.floats();
    int n = y.size();
    switch (activation) {
      case LINEAR -> {
        for (int i = 0; i < n; i++) {
          target[i] += above[i];
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          target[i] += value[i] > 0 ? above[i] : 0;
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          target[i] = Math.fma(above[i], 1 - value[i] * value[i], target[i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          target[i] = Math.fma(above[i], value[i] * (1 - value[i]), target[i]);
        }
      }
      case SOFTMAX -> {
        for (int row = 0; row < y.rows(); row++) {
          softmaxBackward(value, above, target, row * y.columns(), y.columns());
        }
      }
    }
  }

  private static void softmaxBackward(float[] y, float[] dy, float[] dx, int offset, int n) {
    float sum = 0;
    for (int j = 0; j < n; j++) {
      sum = Math.fma(y[offset + j], dy[offset + j], sum);
    }
    for (int j = 0; j < n; j++) {
      dx[offset + j] = Math.fma(y[offset + j], dy[offset + j] - sum, dx[offset + j]);
    }
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor y) {
    float[] left = a.floats();
    float[] right = b.floats();
    float[] result = y.floats();
    for (int i = 0; i < y.size(); i++) {
      result[i] = left[i] * right[i];
    }
  }

  @Override
  public void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    float[] factor = b.floats();
    float[] above = dy.floats();
    float[] target = da.floats();
    for (int i = 0; i < dy.size(); i++) {
      target[i] = Math.fma(factor[i], above[i], target[i]);
    }
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor y) {
    float[] left = a.floats();
    float[] right = b.floats();
    float[] result = y.floats();
    for (int i = 0; i < y.size(); i++) {
      result[i] = left[i] + right[i];
    }
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
    normalization.forward(x, gain, bias, epsilon, normalized, scales, y);
  }

  /** {@link #layerNorm(Tensor, Tensor, Tensor, double, Tensor, Tensor, Tensor)} in place. */
  public void layerNorm(float[] x, int rows, int width, Tensor gain, Tensor bias, double epsilon) {
    FastNormalization.forward(x, rows, width, gain.floats(), bias.floats(), epsilon);
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
    normalization.backward(normalized, scales, gain, dy, dx, dGain, dBias);
  }

  @Override
  public void softmaxOverTime(Sequences sequences, Tensor x, Tensor y) {
    attention.softmax(sequences, x, y);
  }

  /** {@link #softmaxOverTime(Sequences, Tensor, Tensor)} of one text, in place. */
  public void softmaxOverTime(float[] x, int tokens, int columns) {
    FastAttention.softmax(x, tokens, columns);
  }

  @Override
  public void softmaxOverTimeBackward(Sequences sequences, Tensor y, Tensor dy, Tensor dx) {
    attention.softmaxBackward(sequences, y, dy, dx);
  }

  @Override
  public void weightedSums(Sequences sequences, Tensor weights, Tensor x, Tensor y) {
    attention.sums(sequences, weights, x, y);
  }

  /** {@link #weightedSums(Sequences, Tensor, Tensor, Tensor)} of one text. */
  public void weightedSums(float[] weights, int sums, float[] x, int tokens, int width, float[] y) {
    FastAttention.sums(weights, sums, x, tokens, width, y);
  }

  @Override
  public void weightedSumsBackward(
      Sequences sequences,
      Tensor weights,
      Tensor x,
      Tensor dy,
      @Nullable Tensor dWeights,
      @Nullable Tensor dx) {
    attention.sumsBackward(sequences, weights, x, dy, dWeights, dx);
  }

  @Override
  public void lookup(Sequences sequences, Tensor table, Tensor y) {
    int width = table.columns();
    products.split(
        sequences.tokens(),
        SMALLEST_ADAM / width + 1,
        (from, to) -> {
          for (int token = from; token < to; token++) {
            System.arraycopy(
                table.floats(), sequences.id(token) * width, y.floats(), token * width, width);
          }
        });
  }

  /** A thread has some of the distinct ids; the tokens of an id are added in packed order. */
  @Override
  public void lookupBackward(Sequences sequences, Tensor dy, Tensor dTable) {
    int width = dTable.columns();
    TokenGroups groups = sequences.groups();
    products.split(
        groups.size(),
        SMALLEST_ADAM / width + 1,
        (from, to) -> {
          for (int group = from; group < to; group++) {
            for (int place = groups.start(group); place < groups.start(group + 1); place++) {
              kernels.addRows(
                  1,
                  dy.floats(),
                  groups.token(place) * width,
                  width,
                  dTable.floats(),
                  groups.id(group) * width,
                  width);
            }
          }
        });
  }

  /** The outputs of an LSTM over texts whose inputs are rows of a table, for inference. */
  public Tensor lstm(
      LstmWeights weights, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return new FastLstm(kernels, products, weights, table.input(sequences), table, workspace)
        .outputs();
  }

  /** The outputs of a GRU over texts whose inputs are rows of a table, for inference. */
  public Tensor gru(
      GruWeights weights, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return new FastGru(kernels, products, weights, table.input(sequences), table, workspace)
        .outputs();
  }

  /** The outputs of a simple recurrent layer, likewise. */
  public Tensor simpleRnn(
      SimpleRnnWeights weights, Sequences sequences, ProjectedTable table, Workspace workspace) {
    return new FastSimpleRnn(kernels, products, weights, table.input(sequences), table, workspace)
        .outputs();
  }

  /** An LSTM over one sequence at a time, for inference. */
  public SequenceRecurrence sequence(LstmWeights weights) {
    return new SequenceRecurrence.Lstm(kernels, weights);
  }

  /** A GRU over one sequence at a time, for inference. */
  public SequenceRecurrence sequence(GruWeights weights) {
    return new SequenceRecurrence.Gru(kernels, weights);
  }

  /** A simple recurrent layer over one sequence at a time, for inference. */
  public SequenceRecurrence sequence(SimpleRnnWeights weights) {
    return new SequenceRecurrence.SimpleRnn(kernels, weights);
  }

  @Override
  public RecurrentRun lstm(LstmWeights weights, RecurrentInput input, Workspace workspace) {
    return new FastLstm(kernels, products, weights, input, workspace);
  }

  @Override
  public RecurrentRun gru(GruWeights weights, RecurrentInput input, Workspace workspace) {
    return new FastGru(kernels, products, weights, input, workspace);
  }

  @Override
  public RecurrentRun simpleRnn(
      SimpleRnnWeights weights, RecurrentInput input, Workspace workspace) {
    return new FastSimpleRnn(kernels, products, weights, input, workspace);
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
    products.split(
        weights.size(),
        SMALLEST_ADAM,
        (from, to) ->
            kernels.adam(
                weights.floats(),
                gradients.floats(),
                firstMoments.floats(),
                secondMoments.floats(),
                from,
                to - from,
                beta1,
                beta2,
                (float) stepSize,
                (float) epsilon));
  }

  @Override
  public void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize) {
    float @Nullable [] velocity = velocities == null ? null : velocities.floats();
    products.split(
        weights.size(),
        SMALLEST_ADAM,
        (from, to) ->
            kernels.sgd(
                weights.floats(),
                gradients.floats(),
                velocity,
                from,
                to - from,
                (float) momentum,
                nesterov,
                (float) stepSize));
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
    float @Nullable [] velocity = velocities == null ? null : velocities.floats();
    products.split(
        weights.size(),
        SMALLEST_ADAM,
        (from, to) ->
            kernels.rmsProp(
                weights.floats(),
                gradients.floats(),
                squares.floats(),
                velocity,
                from,
                to - from,
                decay,
                (float) momentum,
                (float) stepSize,
                (float) epsilon));
  }

  @Override
  public void each(RowSet rows, int width, RowWork work) {
    products.split(
        rows.count(),
        SMALLEST_ADAM / width + 1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            work.run(kernels, rows.row(i));
          }
        });
  }

  /**
   * Squares are summed row by row, in a row in four interleaved sums, which are then added in
   * order; then the sums of the rows are added in order.
   */
  @Override
  public double sumOfSquares(Tensor tensor) {
    double sum = 0;
    for (int row = 0; row < tensor.rows(); row++) {
      sum += sumOfSquares(tensor.floats(), row * tensor.columns(), tensor.columns());
    }
    return sum;
  }

  @Override
  public double sumOfSquares(Tensor table, RowSet rows) {
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += sumOfSquares(table.floats(), rows.row(i) * table.columns(), table.columns());
    }
    return sum;
  }

  private static double sumOfSquares(float[] x, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int end = offset + n;
    int i = offset;
    for (; i + 4 <= end; i += 4) {
      s0 = Math.fma((double) x[i], x[i], s0);
      s1 = Math.fma((double) x[i + 1], x[i + 1], s1);
      s2 = Math.fma((double) x[i + 2], x[i + 2], s2);
      s3 = Math.fma((double) x[i + 3], x[i + 3], s3);
    }
    for (; i < end; i++) {
      s0 = Math.fma((double) x[i], x[i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void scale(Tensor x, double factor) {
    kernels.scale(x.floats(), 0, x.size(), (float) factor);
  }

  @Override
  public void scale(Tensor table, RowSet rows, double factor) {
    int width = table.columns();
    each(rows, width, (own, row) -> own.scale(table.floats(), row * width, width, (float) factor));
  }

  @Override
  public void clamp(Tensor x, double limit) {
    clamp(x.floats(), 0, x.size(), (float) limit);
  }

  @Override
  public void clamp(Tensor table, RowSet rows, double limit) {
    int width = table.columns();
    each(rows, width, (own, row) -> clamp(table.floats(), row * width, width, (float) limit));
  }

  private static void clamp(float[] x, int offset, int n, float limit) {
    for (int i = offset; i < offset + n; i++) {
      x[i] = Math.max(-limit, Math.min(limit, x[i]));
    }
  }

  @Override
  public void addScaled(Tensor y, Tensor x, double factor) {
    float[] target = y.floats();
    float[] source = x.floats();
    float by = (float) factor;
    for (int i = 0; i < y.size(); i++) {
      target[i] = Math.fma(by, source[i], target[i]);
    }
  }

  @Override
  public void blend(Tensor y, Tensor x, double share) {
    products.split(
        y.size(),
        SMALLEST_ADAM,
        (from, to) -> kernels.blend(y.floats(), x.floats(), from, to - from, (float) share));
  }
}
