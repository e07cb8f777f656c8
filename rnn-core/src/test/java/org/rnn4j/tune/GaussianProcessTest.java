package org.rnn4j.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class GaussianProcessTest {
  private static Stream<Object> goldens() {
    return Goldens.list("processes").stream().map(Object.class::cast);
  }

  private static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  private static int[] groups(Object golden) {
    return Arrays.stream(Goldens.numbers(Goldens.member(golden, "groups")))
        .mapToInt(group -> (int) group)
        .toArray();
  }

  private static GaussianProcess process(Object golden) {
    return new GaussianProcess(
        new Matern(groups(golden), Goldens.numbers(Goldens.member(golden, "logs"))),
        Goldens.rows(Goldens.member(golden, "points")),
        Goldens.numbers(Goldens.member(golden, "values")));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void mean_and_variance_are_those_of_scikit_learn(Object golden) {
    GaussianProcess process = process(golden);
    double[][] asked = Goldens.rows(Goldens.member(golden, "asked"));
    double[] means = Goldens.numbers(Goldens.member(golden, "mean"));
    double[] variances = Goldens.numbers(Goldens.member(golden, "variance"));
    for (int i = 0; i < asked.length; i++) {
      assertThat(process.at(asked[i]).mean()).isCloseTo(means[i], within(1e-11));
      assertThat(process.at(asked[i]).variance()).isCloseTo(variances[i], within(1e-11));
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void the_marginal_likelihood_and_its_gradient_are_those_of_scikit_learn(Object golden) {
    GaussianProcess process = process(golden);

    assertThat(process.logLikelihood())
        .isCloseTo(Goldens.number(golden, "log_likelihood"), within(1e-10));
    double[] gradient = Goldens.numbers(Goldens.member(golden, "gradient"));
    assertThat(process.gradient()).containsExactly(gradient, within(1e-10));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void the_fit_finds_the_largest_likelihood_times_prior_that_scipy_finds(Object golden) {
    KernelFit fit = new KernelFit(groups(golden));

    GaussianProcess fitted =
        fit.fit(
            List.of(fit.start()),
            Goldens.rows(Goldens.member(golden, "points")),
            Goldens.numbers(Goldens.member(golden, "values")));

    double best = Goldens.number(golden, "best");
    assertThat(fit.objective(fitted)).isBetween(best - 0.01, best + 0.01);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_gradient_is_that_of_differences(long seed) {
    RandomStream random = new RandomStream(seed);
    int[] groups = {0, 1, 1};
    double[][] points = new double[9][3];
    double[] values = new double[9];
    for (int i = 0; i < points.length; i++) {
      Arrays.setAll(points[i], column -> random.nextDouble());
      values[i] = random.nextGaussian();
    }
    double[] logs = {0.2, -0.5, random.nextGaussian(), -2};
    double[] gradient = new GaussianProcess(new Matern(groups, logs), points, values).gradient();
    for (int p = 0; p < logs.length; p++) {
      double[] more = logs.clone();
      double[] less = logs.clone();
      more[p] += 1e-5;
      less[p] -= 1e-5;
      double difference =
          new GaussianProcess(new Matern(groups, more), points, values).logLikelihood()
              - new GaussianProcess(new Matern(groups, less), points, values).logLikelihood();
      assertThat(gradient[p])
          .isCloseTo(difference / 2e-5, within(1e-6 * (1 + Math.abs(gradient[p]))));
    }
  }

  @Test
  void a_point_that_stands_twice_without_noise_is_no_hindrance() {
    double[][] points = {{0.5}, {0.5}, {0.5}};
    GaussianProcess process =
        new GaussianProcess(new Matern(new int[] {0}, 0, 0, -60), points, new double[] {1, 1, 1});

    assertThat(process.at(points[0]).mean()).isCloseTo(1, within(1e-6));
    assertThat(process.at(points[0]).variance()).isBetween(0.0, 1e-6);
  }
}
