package org.rnn4j.layer;

import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** How {@link Bidirectional} puts the rows f and b of its two directions together. */
public enum Merge {
  /** {@code f | b}: side by side, twice as wide. */
  CONCAT,
  /** {@code f + b}. */
  SUM,
  /** {@code (f + b)/2}; Keras calls it {@code ave}. */
  MEAN,
  /** {@code f∘b}, element by element; Keras' {@code mul}. */
  PRODUCT;

  /** The width of a merged row. */
  int width(int each) {
    return this == CONCAT ? 2 * each : each;
  }

  /** Merges all rows. */
  Variable of(Pass pass, Variable f, Variable b) {
    int width = f.value().columns();
    Tensor y = pass.workspace().uninitialised(f.value().rows(), width(width));
    if (y.type() == DType.FLOAT32) {
      of(f.value().floats(), b.value().floats(), f.value().rows(), width, y.floats());
    } else {
      of(f.value(), b.value(), y);
    }
    Variable result = pass.result(y, f, b);
    pass.record(
        result,
        () -> {
          Tensor dy = result.gradient();
          Tensor df = pass.target(f);
          Tensor db = pass.target(b);
          if (df != null) {
            backward(dy, 0, b.value(), df);
          }
          if (db != null) {
            backward(dy, this == CONCAT ? width : 0, f.value(), db);
          }
        });
    return result;
  }

  /** Merges float32 rows without gaps. */
  void of(float[] f, float[] b, int rows, int width, float[] y) {
    int n = rows * width;
    switch (this) {
      case CONCAT -> {
        for (int row = 0; row < rows; row++) {
          System.arraycopy(f, row * width, y, 2 * row * width, width);
          System.arraycopy(b, row * width, y, (2 * row + 1) * width, width);
        }
      }
      case SUM -> {
        for (int i = 0; i < n; i++) {
          y[i] = f[i] + b[i];
        }
      }
      case MEAN -> {
        for (int i = 0; i < n; i++) {
          y[i] = 0.5f * (f[i] + b[i]);
        }
      }
      case PRODUCT -> {
        for (int i = 0; i < n; i++) {
          y[i] = f[i] * b[i];
        }
      }
    }
  }

  private void of(Tensor f, Tensor b, Tensor y) {
    for (int row = 0; row < f.rows(); row++) {
      for (int j = 0; j < f.columns(); j++) {
        double left = f.get(row, j);
        double right = b.get(row, j);
        switch (this) {
          case CONCAT -> {
            y.set(row, j, left);
            y.set(row, f.columns() + j, right);
          }
          case SUM -> y.set(row, j, left + right);
          case MEAN -> y.set(row, j, 0.5 * (left + right));
          case PRODUCT -> y.set(row, j, left * right);
        }
      }
    }
  }

  /** Adds to the gradient of one direction, whose columns of dy begin at a column. */
  private void backward(Tensor dy, int column, Tensor other, Tensor target) {
    int width = target.columns();
    if (target.type() == DType.FLOAT32) {
      float[] from = dy.floats();
      float[] to = target.floats();
      float[] factors = other.floats();
      for (int row = 0; row < target.rows(); row++) {
        int at = row * dy.columns() + column;
        int own = row * width;
        for (int j = 0; j < width; j++) {
          to[own + j] +=
              switch (this) {
                case CONCAT, SUM -> from[at + j];
                case MEAN -> 0.5f * from[at + j];
                case PRODUCT -> from[at + j] * factors[own + j];
              };
        }
      }
      return;
    }
    for (int row = 0; row < target.rows(); row++) {
      for (int j = 0; j < width; j++) {
        double d = dy.get(row, column + j);
        double factor =
            switch (this) {
              case CONCAT, SUM -> 1;
              case MEAN -> 0.5;
              case PRODUCT -> other.get(row, j);
            };
        target.set(row, j, target.get(row, j) + factor * d);
      }
    }
  }
}
