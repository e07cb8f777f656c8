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

  /** {@code y = a + b}, element by element; y may be one of them. */
  void add(Tensor a, Tensor b, Tensor y);

  /**
   * Normalises each row to mean 0 and variance 1, then scales and shifts each feature: {@code u =
   * (x − mean(x))·s}, {@code s = 1/√(mean((x − mean(x))²) + ε)}, {@code y = gain∘u + bias}.
   *
   * @param x {@code [rows, width]}
   * @param gain {@code [width]}
   * @param bias {@code [width]}
   * @param normalized u, written, {@code [rows, width]}
   * @param scales s, written, {@code [rows]}
   * @param y {@code [rows, width]}
   */
  void layerNorm(
      Tensor x,
      Tensor gain,
      Tensor bias,
      double epsilon,
      Tensor normalized,
      Tensor scales,
      Tensor y);

  /**
   * Adds, with {@code du = dy∘gain}: {@code dx += s·(du − mean(du) − u·mean(du∘u))}, {@code dGain
   * += Σ_rows dy∘u} and {@code dBias += Σ_rows dy}.
   */
  void layerNormBackward(
      Tensor normalized,
      Tensor scales,
      Tensor gain,
      Tensor dy,
      @Nullable Tensor dx,
      @Nullable Tensor dGain,
      @Nullable Tensor dBias);

  /**
   * The softmax over each sequence's tokens, column by column: {@code y[t][k] = exp(x[t][k]) / Σ_s
   * exp(x[s][k])}; x and y, {@code [tokens, columns]}, may be the same tensor.
   */
  void softmaxOverTime(Sequences sequences, Tensor x, Tensor y);

  /** Adds {@code dx[t][k] += y[t][k]·(dy[t][k] − Σ_s y[s][k]·dy[s][k])}. */
  void softmaxOverTimeBackward(Sequences sequences, Tensor y, Tensor dy, Tensor dx);

  /**
   * Sums of each sequence's rows, weighted in several ways: {@code y[sequence][k] = Σ_t
   * weights[t][k]·x[t]}, t ascending; zeros for an empty sequence.
   *
   * @param weights {@code [tokens, sums]}
   * @param x {@code [tokens, width]}; may be the tensor of the weights
   * @param y {@code [batch, sums·width]} in original order, sum after sum
   */
  void weightedSums(Sequences sequences, Tensor weights, Tensor x, Tensor y);

  /**
   * Adds {@code dWeights[t][k] += dy[sequence][k]·x[t]} and {@code dx[t] += Σ_k
   * weights[t][k]·dy[sequence][k]}; both targets may be the same tensor.
   */
  void weightedSumsBackward(
      Sequences sequences,
      Tensor weights,
      Tensor x,
      Tensor dy,
      @Nullable Tensor dWeights,
      @Nullable Tensor dx);

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

  /** Runs a simple recurrent layer; the workspace must live until the run is no longer used. */
  RecurrentRun simpleRnn(SimpleRnnWeights weights, RecurrentInput input, Workspace workspace);

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

  /**
   * One step of gradient descent on a parameter: {@code u = momentum·u + g}, and {@code w = w −
   * stepSize·u}, or with Nesterov's momentum {@code w = w − stepSize·(g + momentum·u)}.
   *
   * @param velocities u; null without momentum, where u is g
   */
  void sgd(
      Tensor weights,
      Tensor gradients,
      @Nullable Tensor velocities,
      double momentum,
      boolean nesterov,
      double stepSize);

  /**
   * One step of RMSprop on a parameter: {@code v = decay·v + (1 − decay)·g²}, {@code u = momentum·u
   * + g / (√v + epsilon)}, {@code w = w − stepSize·u}.
   *
   * @param squares v
   * @param velocities u; null without momentum, where u is the quotient
   */
  void rmsProp(
      Tensor weights,
      Tensor gradients,
      Tensor squares,
      @Nullable Tensor velocities,
      double decay,
      double momentum,
      double stepSize,
      double epsilon);

  /** The sum of the squares of all elements, in double precision, in one fixed order. */
  double sumOfSquares(Tensor tensor);

  /** {@code x = factor·x}. */
  void scale(Tensor x, double factor);

  /** {@code x = max(−limit, min(limit, x))}. */
  void clamp(Tensor x, double limit);

  /** {@code y = y + factor·x}. */
  void addScaled(Tensor y, Tensor x, double factor);

  /** {@code y = y + share·(x − y)}. */
  void blend(Tensor y, Tensor x, double share);
}
