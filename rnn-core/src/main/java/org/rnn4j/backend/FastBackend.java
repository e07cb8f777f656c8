package org.rnn4j.backend;

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
  private final Kernels kernels;
  private final Products products;
  private final FastDense dense;
  private final FastElements elements;
  private final FastAttention attention;
  private final FastNormalization normalization;
  private final FastUpdates updates;

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
    this.dense = new FastDense(products);
    this.elements = new FastElements(products);
    this.attention = new FastAttention(products);
    this.normalization = new FastNormalization(products);
    this.updates = new FastUpdates(products);
  }

  @Override
  public DType type() {
    return DType.FLOAT32;
  }

  @Override
  public void affine(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y) {
    dense.forward(x, weights, bias, y);
  }

  /** {@link #affine(Tensor, Tensor, Tensor, Tensor)} on rows without gaps. */
  public void affine(float[] x, int rows, Tensor weights, @Nullable Tensor bias, float[] y) {
    dense.forward(x, rows, weights, bias, y);
  }

  @Override
  public void affineBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias) {
    dense.backward(x, weights, dy, dx, dWeights, dBias);
  }

  @Override
  public void activate(Activation activation, Tensor x, Tensor y) {
    elements.activate(activation, x, y);
  }

  /** {@link #activate(Activation, Tensor, Tensor)} in place on rows without gaps. */
  public void activate(Activation activation, float[] values, int rows, int columns) {
    elements.activate(activation, values, rows, columns);
  }

  @Override
  public void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx) {
    elements.activateBackward(activation, y, dy, dx);
  }

  @Override
  public void multiply(Tensor a, Tensor b, Tensor y) {
    elements.multiply(a, b, y);
  }

  @Override
  public void multiplyBackward(Tensor b, Tensor dy, Tensor da) {
    elements.multiplyBackward(b, dy, da);
  }

  @Override
  public void add(Tensor a, Tensor b, Tensor y) {
    elements.add(a, b, y);
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
    normalization.forward(x, rows, width, gain, bias, epsilon);
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
        Products.SMALLEST_COPY / width + 1,
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
        Products.SMALLEST_COPY / width + 1,
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
    updates.adam(weights, gradients, firstMoments, secondMoments, beta1, beta2, stepSize, epsilon);
  }

  @Override
  public void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize) {
    updates.sgd(weights, gradients, velocities, momentum, nesterov, stepSize);
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
    updates.rmsProp(weights, gradients, squares, velocities, decay, momentum, stepSize, epsilon);
  }

  @Override
  public void each(RowSet rows, int width, RowWork work) {
    updates.each(rows, width, work);
  }

  @Override
  public double sumOfSquares(Tensor tensor) {
    return updates.sumOfSquares(tensor);
  }

  @Override
  public double sumOfSquares(Tensor table, RowSet rows) {
    return updates.sumOfSquares(table, rows);
  }

  @Override
  public void scale(Tensor x, double factor) {
    updates.scale(x, factor);
  }

  @Override
  public void scale(Tensor table, RowSet rows, double factor) {
    updates.scale(table, rows, factor);
  }

  @Override
  public void clamp(Tensor x, double limit) {
    updates.clamp(x, limit);
  }

  @Override
  public void clamp(Tensor table, RowSet rows, double limit) {
    updates.clamp(table, rows, limit);
  }

  @Override
  public void addScaled(Tensor y, Tensor x, double factor) {
    updates.addScaled(y, x, factor);
  }

  @Override
  public void blend(Tensor y, Tensor x, double share) {
    updates.blend(y, x, share);
  }
}
