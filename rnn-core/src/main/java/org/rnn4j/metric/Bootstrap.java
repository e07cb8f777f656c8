package org.rnn4j.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/**
 * An interval for any number computed from predictions, by drawing rows from them again and again
 * with replacement (Efron 1979): the percentiles of the number over the draws, linear between two,
 * as {@code numpy.percentile} takes them.
 *
 * <p>Rows are drawn class by class, as many of each as there are. A number such as the area under a
 * curve is then defined in every draw, and the interval is that for other rows with the same shares
 * of classes (as in pROC, Robin et al. 2011). One row of a class is drawn always: of few rows the
 * interval is too narrow.
 *
 * <p>Each draw has a stream of its own, so that the result depends on the seed and on nothing else,
 * although draws are shared out among threads.
 *
 * @param replicates how many times rows are drawn
 * @param level the level of confidence
 * @param seed what the draws depend on
 */
public record Bootstrap(int replicates, double level, long seed) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if there is no replicate, or the level is not between 0 and 1
   */
  public Bootstrap {
    if (replicates < 1) {
      throw new IllegalArgumentException("Expected 1 replicate or more, got " + replicates);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("Expected a level between 0 and 1, got " + level);
    }
  }

  /** 1,000 draws at the {@linkplain Interval#STANDARD_LEVEL usual level}, from seed 1. */
  public static Bootstrap standard() {
    return new Bootstrap(1_000, Interval.STANDARD_LEVEL, 1);
  }

  /** The interval of one number, such as {@code CollectedMetric.rocAuc()::of}. */
  public Interval interval(Predictions predictions, ToDoubleFunction<Predictions> metric) {
    return intervals(predictions, List.of(metric)).get(0);
  }

  /** The intervals of several numbers, over the same draws. */
  public List<Interval> intervals(
      Predictions predictions, List<ToDoubleFunction<Predictions>> metrics) {
    Predictions sorted = sorted(predictions);
    int[][] rows = rowsOfClasses(sorted);
    RandomStream random = new RandomStream(seed).derive("bootstrap");
    double[][] values = new double[metrics.size()][replicates];
    IntStream.range(0, replicates)
        .parallel()
        .forEach(
            replicate -> {
              Predictions drawn = sorted.select(draw(rows, random.derive(replicate)));
              for (int i = 0; i < values.length; i++) {
                values[i][replicate] = metrics.get(i).applyAsDouble(drawn);
              }
            });
    return IntStream.range(0, values.length)
        .mapToObj(i -> interval(metrics.get(i).applyAsDouble(predictions), values[i]))
        .toList();
  }

  /** In ascending order of a probability, as curves want it: they sort what is sorted already. */
  private static Predictions sorted(Predictions predictions) {
    int last = predictions.classes() - 1;
    return predictions.select(
        IntStream.range(0, predictions.rows())
            .boxed()
            .sorted(Comparator.comparingDouble(row -> predictions.probability(row, last)))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  private static int[][] rowsOfClasses(Predictions predictions) {
    return IntStream.range(0, predictions.classes())
        .mapToObj(
            c ->
                IntStream.range(0, predictions.rows())
                    .filter(row -> predictions.label(row) == c)
                    .toArray())
        .toArray(int[][]::new);
  }

  /** Row numbers in ascending order, as many of each class as there are. */
  private static int[] draw(int[][] rowsOfClasses, RandomStream random) {
    int all = Arrays.stream(rowsOfClasses).mapToInt(rows -> rows.length).sum();
    int[] times = new int[all];
    for (int[] rows : rowsOfClasses) {
      for (int i = 0; i < rows.length; i++) {
        times[rows[random.nextInt(rows.length)]]++;
      }
    }
    int[] drawn = new int[all];
    int next = 0;
    for (int row = 0; row < all; row++) {
      for (int i = 0; i < times[row]; i++) {
        drawn[next++] = row;
      }
    }
    return drawn;
  }

  private Interval interval(double estimate, double[] values) {
    Arrays.sort(values);
    return new Interval(
        estimate,
        Interval.percentile(values, (1 - level) / 2),
        Interval.percentile(values, (1 + level) / 2),
        level);
  }
}
