package org.rnn4j.tune;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/**
 * A Gaussian process with mean 0, given noisy values at some points: with K the covariances of the
 * points, noise on the diagonal, and K = L Lᵀ,
 *
 * <pre>{@code
 * mean(x) = k(x)ᵀ K⁻¹ y,   variance(x) = k(x, x) − |L⁻¹ k(x)|²,
 * log likelihood = −½ yᵀ K⁻¹ y − Σ log L_ii − n/2 log 2π
 * }</pre>
 *
 * (Rasmussen and Williams 2006, algorithm 2.1). The variance is that of the function, without
 * noise.
 */
final class GaussianProcess {
  private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

  /** Added to the diagonal, relative to it, where rounding leaves K indefinite; then ten times. */
  private static final double SMALLEST_JITTER = 1e-12;

  private final Matern kernel;
  private final double[][] points;
  private final double[] values;
  private final double[] lower;
  private final double[] weights;

  GaussianProcess(Matern kernel, double[][] points, double[] values) {
    this.kernel = kernel;
    this.points = points;
    this.values = values;
    this.lower = factor();
    this.weights = values.clone();
    TriangularSolver_DDRM.solveL(lower, weights, size());
    TriangularSolver_DDRM.solveTranL(lower, weights, size());
  }

  private int size() {
    return points.length;
  }

  private double[] factor() {
    int size = size();
    double[] covariances = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double value = kernel.covariance(points[i], points[j]);
        covariances[i * size + j] = value;
        covariances[j * size + i] = value;
      }
    }
    for (double jitter = 0; jitter < 1; jitter = Math.max(SMALLEST_JITTER, 10 * jitter)) {
      DMatrixRMaj matrix = new DMatrixRMaj(size, size, true, covariances.clone());
      for (int i = 0; i < size; i++) {
        matrix.add(i, i, kernel.noise() + jitter * kernel.variance());
      }
      CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM(true);
      if (cholesky.decompose(matrix)) {
        return cholesky.getT(null).data;
      }
    }
    throw new ArithmeticException(
        "Expected finite points and parameters of a Gaussian process, got "
            + Arrays.toString(kernel.logs()));
  }

  Matern kernel() {
    return kernel;
  }

  /** Mean and variance of the function at a point. */
  Belief at(double[] point) {
    double[] covariances = new double[size()];
    double mean = 0;
    for (int i = 0; i < size(); i++) {
      covariances[i] = kernel.covariance(point, points[i]);
      mean += covariances[i] * weights[i];
    }
    TriangularSolver_DDRM.solveL(lower, covariances, size());
    double variance = kernel.variance();
    for (double covariance : covariances) {
      variance -= covariance * covariance;
    }
    return new Belief(mean, Math.max(0, variance));
  }

  /** What is known of a value: mean and variance of its normal distribution. */
  record Belief(double mean, double variance) {}

  double logLikelihood() {
    double sum = 0;
    double logs = 0;
    for (int i = 0; i < size(); i++) {
      sum += values[i] * weights[i];
      logs += StrictMath.log(lower[i * size() + i]);
    }
    return -sum / 2 - logs - size() * LOG_TWO_PI / 2;
  }

  /** The derivatives of the log likelihood by the kernel's parameters: ½ tr((w wᵀ − K⁻¹) ∂K). */
  double[] gradient() {
    int size = size();
    double[] inverse = inverse();
    double[] gradient = new double[kernel.parameters()];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double weight = weights[i] * weights[j] - inverse[i * size + j];
        // Pairs stand twice in the trace, the diagonal once.
        kernel.addGradient(points[i], points[j], i == j ? weight / 2 : weight, gradient);
        if (i == j) {
          gradient[gradient.length - 1] += weight / 2 * kernel.noise();
        }
      }
    }
    return gradient;
  }

  /** The lower half of K⁻¹ = L⁻ᵀ L⁻¹. */
  private double[] inverse() {
    int size = size();
    double[] columns = lower.clone();
    TriangularSolver_DDRM.invertLower(columns, size);
    double[] inverse = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int k = i; k < size; k++) {
          sum += columns[k * size + i] * columns[k * size + j];
        }
        inverse[i * size + j] = sum;
      }
    }
    return inverse;
  }
}
