package org.rnn4j.tune;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the parameters of a kernel for which the marginal likelihood, times a wide prior, is
 * largest: v, each ℓ and the noise are log-normal with medians 1, 0.5 and 0.01 and deviations of
 * the logarithm of 1, 1 and 2. With ten points in six dimensions the likelihood alone is often
 * largest where all is noise or no point knows of any other. The values are expected to have mean 0
 * and deviation 1, the points to lie between 0 and 1.
 *
 * <p>It climbs within bounds by steps that look at the signs of the derivatives only (iRprop−: Igel
 * and Hüsken: Improving the Rprop Learning Algorithm, 2000).
 */
final class KernelFit {
  private static final int STEPS = 30;
  private static final double FIRST_STEP = 0.3;
  private static final double LARGEST_STEP = 1;
  private static final double SMALLEST_STEP = 1e-3;

  private static final Prior VARIANCE = new Prior(1, 1, 0.05, 20);
  private static final Prior LENGTH = new Prior(0.5, 1, 0.05, 20);
  private static final Prior NOISE = new Prior(0.01, 2, 1e-6, 1);

  private final int[] groups;
  private final Prior[] priors;

  /** What is thought of a parameter before any value has been seen, and its bounds. */
  private static final class Prior {
    final double centre;
    final double deviation;
    final double least;
    final double most;

    Prior(double median, double deviation, double least, double most) {
      this.centre = StrictMath.log(median);
      this.deviation = deviation;
      this.least = StrictMath.log(least);
      this.most = StrictMath.log(most);
    }

    double logDensity(double log) {
      double z = (log - centre) / deviation;
      return -z * z / 2;
    }

    double derivative(double log) {
      return -(log - centre) / (deviation * deviation);
    }

    double within(double log) {
      return Math.max(least, Math.min(most, log));
    }
  }

  /**
   * A fit.
   *
   * @param groups to which length scale each column of the points belongs
   */
  KernelFit(int[] groups) {
    this.groups = groups;
    this.priors = new Prior[Arrays.stream(groups).max().orElseThrow() + 3];
    Arrays.fill(priors, LENGTH);
    priors[0] = VARIANCE;
    priors[priors.length - 1] = NOISE;
  }

  /** The kernel with the medians of the priors. */
  Matern start() {
    return new Matern(groups, Arrays.stream(priors).mapToDouble(prior -> prior.centre).toArray());
  }

  /** The best that is found from any of the starts. */
  GaussianProcess fit(List<Matern> starts, double[][] points, double[] values) {
    GaussianProcess best = climb(starts.get(0), points, values);
    for (Matern start : starts.subList(1, starts.size())) {
      GaussianProcess other = climb(start, points, values);
      if (objective(other) > objective(best)) {
        best = other;
      }
    }
    return best;
  }

  private GaussianProcess climb(Matern start, double[][] points, double[] values) {
    GaussianProcess best = new GaussianProcess(start, points, values);
    double highest = objective(best);
    double[] logs = start.logs();
    double[] steps = new double[priors.length];
    Arrays.fill(steps, FIRST_STEP);
    double[] before = new double[priors.length];
    double[] gradient = gradient(best);
    for (int step = 0; step < STEPS && largest(steps) > SMALLEST_STEP; step++) {
      for (int p = 0; p < priors.length; p++) {
        double agreement = before[p] * gradient[p];
        if (agreement > 0) {
          steps[p] = Math.min(LARGEST_STEP, 1.2 * steps[p]);
        } else if (agreement < 0) {
          steps[p] *= 0.5;
        }
        before[p] = agreement < 0 ? 0 : gradient[p];
        logs[p] = priors[p].within(logs[p] + Math.signum(before[p]) * steps[p]);
      }
      GaussianProcess next = new GaussianProcess(new Matern(groups, logs), points, values);
      gradient = gradient(next);
      double reached = objective(next);
      if (reached > highest) {
        best = next;
        highest = reached;
      }
    }
    return best;
  }

  /** The log likelihood and the priors' log densities, but for a constant. */
  double objective(GaussianProcess process) {
    double sum = process.logLikelihood();
    double[] logs = process.kernel().logs();
    for (int p = 0; p < priors.length; p++) {
      sum += priors[p].logDensity(logs[p]);
    }
    return sum;
  }

  private double[] gradient(GaussianProcess process) {
    double[] gradient = process.gradient();
    double[] logs = process.kernel().logs();
    for (int p = 0; p < priors.length; p++) {
      gradient[p] += priors[p].derivative(logs[p]);
    }
    return gradient;
  }

  private static double largest(double[] steps) {
    return Arrays.stream(steps).max().orElseThrow();
  }
}
