package org.rnn4j.tensor;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;

/**
 * Fills a fresh weight tensor. Values are drawn in double precision and rounded to the tensor's
 * type, so that a model starts from the same weights in both types up to that rounding.
 */
@FunctionalInterface
public interface Initializer {
  /** Overwrites every element of the tensor with values drawn from the stream. */
  void fill(Tensor tensor, RandomStream random);

  /** All elements equal to a value. */
  static Initializer constant(double value) {
    return (tensor, random) -> tensor.fill(value);
  }

  /** Each element uniform in [−limit, limit). */
  static Initializer uniform(double limit) {
    return (tensor, random) -> {
      for (int i = 0; i < tensor.size(); i++) {
        tensor.set(i, (2 * random.nextDouble() - 1) * limit);
      }
    };
  }

  /**
   * Glorot and Bengio's uniform initialiser (2010): limit √(6 / (rows + columns)), as Keras' {@code
   * glorot_uniform} over a whole matrix with the gates side by side.
   */
  static Initializer glorotUniform() {
    return (tensor, random) ->
        uniform(Math.sqrt(6.0 / (tensor.rows() + tensor.columns()))).fill(tensor, random);
  }

  /**
   * Orthonormal rows, or orthonormal columns where there are more rows than columns: the Q of the
   * QR decomposition of a matrix of normal numbers, signs fixed by the diagonal of R (Saxe et al.
   * 2013), over the whole matrix as in Keras.
   */
  static Initializer orthogonal() {
    return (tensor, random) -> {
      boolean wide = tensor.rows() < tensor.columns();
      int tall = Math.max(tensor.rows(), tensor.columns());
      int narrow = Math.min(tensor.rows(), tensor.columns());
      DMatrixRMaj normal = new DMatrixRMaj(tall, narrow);
      for (int i = 0; i < normal.getNumElements(); i++) {
        normal.data[i] = random.nextGaussian();
      }
      QRDecompositionHouseholderColumn_DDRM decomposition =
          new QRDecompositionHouseholderColumn_DDRM();
      decomposition.decompose(normal);
      DMatrixRMaj q = decomposition.getQ(null, true);
      DMatrixRMaj r = decomposition.getR(null, true);
      for (int row = 0; row < tensor.rows(); row++) {
        for (int column = 0; column < tensor.columns(); column++) {
          int along = wide ? row : column;
          double value = wide ? q.get(column, row) : q.get(row, column);
          tensor.set(row, column, r.get(along, along) < 0 ? -value : value);
        }
      }
    };
  }
}
