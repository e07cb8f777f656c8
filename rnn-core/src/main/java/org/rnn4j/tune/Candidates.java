package org.rnn4j.tune;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.RandomStream;

/**
 * Looks for the configuration with the largest expected improvement: among many drawn from the
 * whole space and many near the best trials, and from the best of these in ever smaller steps.
 */
final class Candidates {
  private static final int FROM_EVERYWHERE = 400;
  private static final int NEIGHBOURS = 60;
  private static final int NEAR_BEST = 5;
  private static final int STEPS = 120;

  private static final double[] DISTANCES = {0.2, 0.05, 0.01};

  /** How likely a neighbour has another value of a choice. */
  private static final double OTHER_CHOICE = 0.2;

  private final Space space;
  private final GaussianProcess process;
  private final Set<Configuration> excluded;
  private final double threshold;

  private @Nullable Configuration best;
  private double[] bestPlaces = {};
  private double highest = Double.NEGATIVE_INFINITY;

  /**
   * A search for candidates.
   *
   * @param points codes of what has been tried; the highest mean there is to be improved on
   * @param excluded configurations that are not wanted again
   */
  Candidates(
      Space space, GaussianProcess process, List<double[]> points, Set<Configuration> excluded) {
    this.space = space;
    this.process = process;
    this.excluded = excluded;
    this.threshold = points.stream().mapToDouble(point -> process.at(point).mean()).max().orElse(0);
  }

  /** The best candidate found, or null if there is none that is not excluded. */
  @Nullable Configuration best(List<Trial> trials, RandomStream random) {
    int parameters = space.dimensions().size();
    for (int i = 0; i < FROM_EVERYWHERE; i++) {
      double[] places = new double[parameters];
      for (int p = 0; p < parameters; p++) {
        places[p] = random.nextDouble();
      }
      consider(places);
    }
    List<Trial> top =
        trials.stream()
            .sorted(Comparator.comparing((Trial t) -> !t.failed() ? -t.mean() : Double.MAX_VALUE))
            .limit(NEAR_BEST)
            .toList();
    for (Trial trial : top) {
      double[] centre = places(trial.configuration(), random);
      for (double distance : DISTANCES) {
        for (int i = 0; i < NEIGHBOURS / DISTANCES.length; i++) {
          consider(near(centre, distance, random));
        }
      }
    }
    for (int step = 0; step < STEPS && best != null; step++) {
      consider(near(bestPlaces, 0.1 * (STEPS - step) / STEPS, random));
    }
    if (best == null) {
      Grid.all(space).forEach(configuration -> consider(places(configuration, random)));
    }
    return best;
  }

  private void consider(double[] places) {
    Configuration configuration = space.at(places);
    if (excluded.contains(configuration)) {
      return;
    }
    GaussianProcess.Belief belief = process.at(space.encode(configuration));
    double improvement =
        ExpectedImprovement.of(belief.mean(), Math.sqrt(belief.variance()), threshold);
    if (improvement > highest) {
      highest = improvement;
      best = configuration;
      bestPlaces = places;
    }
  }

  /** The places of a configuration; of a parameter that does not exist, any. */
  private double[] places(Configuration configuration, RandomStream random) {
    double[] places = new double[space.dimensions().size()];
    for (int p = 0; p < places.length; p++) {
      Dimension dimension = space.dimensions().get(p);
      double any = random.nextDouble();
      Object value = configuration.values().get(dimension.name());
      places[p] = value == null ? any : dimension.place(value);
    }
    return places;
  }

  private double[] near(double[] centre, double distance, RandomStream random) {
    double[] places = centre.clone();
    for (int p = 0; p < places.length; p++) {
      double step = distance * random.nextGaussian();
      double other = random.nextDouble();
      boolean jump = random.nextDouble() < OTHER_CHOICE;
      if (space.dimensions().get(p) instanceof Choice) {
        places[p] = jump ? other : places[p];
      } else {
        places[p] = Math.max(0, Math.min(1, places[p] + step));
      }
    }
    return places;
  }
}
