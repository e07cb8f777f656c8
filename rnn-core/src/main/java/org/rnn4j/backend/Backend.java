package org.rnn4j.backend;

import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * The primitives on tensors that layers are made of, forward and backward. Forward methods
 * overwrite their output; backward methods add to their targets, and skip a target that is null.
 * Tensors are of the backend's {@link #type()}; shapes are those of the javadoc and are the
 * caller's duty.
 *
 * <p>A backend may be used by several threads at once, each with tensors of its own.
 */
public interface Backend {
  /** The element type that this backend computes in. */
  DType type();

  /**
   * {@code y = x·W + b}.
   *
   * @param x {@code [rows, in]}
   * @param weights W, {@code [in, out]}
   * @param bias b, {@code [out]}, or null for none
   * @param y {@code [rows, out]}
   */
  void affine(Tensor x, Tensor weights, @Nullable Tensor bias, Tensor y);

  /** Adds {@code dx += dy·Wᵀ}, {@code dW += xᵀ·dy} and {@code db += Σ_rows dy}. */
  void affineBackward(
      Tensor x,
      Tensor weights,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dWeights,
      @Nullable Tensor dBias);

  /** {@code y = activation(x)}; x and y may be the same tensor. */
  void activate(Activation activation, Tensor x, Tensor y);

  /** Adds the gradient of {@link #activate} to dx, from its result y. */
  void activateBackward(Activation activation, Tensor y, Tensor dy, Tensor dx);

  /** {@code y = a∘b}, element by element. */
  void multiply(Tensor a, Tensor b, Tensor y);

  /** Adds {@code da += b∘dy}. */
  void multiplyBackward(Tensor b, Tensor dy, Tensor da);

  /**
   * Copies the row of each token's id: {@code y[token] = table[id(token)]}.
   *
   * @param table {@code [vocabulary, width]}
   * @param y {@code [tokens, width]}
   */
  default void lookup(Sequences sequences, Tensor table, Tensor y) {
    for (int token = 0; token < sequences.tokens(); token++) {
      Rows.copy(table, sequences.id(token), y, token);
    }
  }

  /** Adds {@code dTable[id(token)] += dy[token]}, tokens in packed order. */
  default void lookupBackward(Sequences sequences, Tensor dy, Tensor dTable) {
    for (int token = 0; token < sequences.tokens(); token++) {
      Rows.add(dy, token, 1, dTable, sequences.id(token));
    }
  }

  /** Runs an LSTM layer; the workspace must live until the run is no longer used. */
  RecurrentRun lstm(LstmWeights weights, RecurrentInput input, Workspace workspace);

  /** Runs a GRU layer; the workspace must live until the run is no longer used. */
  RecurrentRun gru(GruWeights weights, RecurrentInput input, Workspace workspace);

  /**
   * One Adam step on a parameter; {@code stepSize} and {@code epsilon} hold the bias corrections.
   */
  void adam(
      Tensor weights,
      Tensor gradients,
      Tensor firstMoments,
      Tensor secondMoments,
      double beta1,
      double beta2,
      double stepSize,
      double epsilon);

  /** The sum of the squares of all elements, in double precision, in one fixed order. */
  double sumOfSquares(Tensor tensor);

  /** {@code x = factor·x}. */
  void scale(Tensor x, double factor);

  /** {@code y = y + share·(x − y)}. */
  void blend(Tensor y, Tensor x, double share);
}
