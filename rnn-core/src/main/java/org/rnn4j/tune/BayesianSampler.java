package org.rnn4j.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.RandomStream;

/** Chooses by expected improvement; see {@link Bayesian}. */
final class BayesianSampler implements SearchMethod.Sampler {
  private final Bayesian settings;
  private final Space space;
  private final int budget;
  private final RandomStream random;
  private final KernelFit fit;
  private final List<Trial> told = new ArrayList<>();

  /** What needs not be proposed: all that was, and what was tried before. */
  private final Set<Configuration> asked = new LinkedHashSet<>();

  private int proposed;

  /** The kernel of the last fit, which the next one starts from too. */
  private @Nullable Matern last;

  BayesianSampler(Bayesian settings, Space space, int budget, RandomStream random) {
    this.settings = settings;
    this.space = space;
    this.budget = budget;
    this.random = random;
    this.fit = new KernelFit(groups(space));
  }

  /** All numbers of a parameter's code share a length scale. */
  private static int[] groups(Space space) {
    int[] groups = new int[space.codeLength()];
    int offset = 0;
    for (int i = 0; i < space.dimensions().size(); i++) {
      int end = offset + space.dimensions().get(i).codeLength();
      Arrays.fill(groups, offset, end, i);
      offset = end;
    }
    return groups;
  }

  @Override
  public List<SearchMethod.Proposal> ask() {
    int left = settings.trials() - proposed;
    List<Configuration> next =
        proposed == 0 ? initial(Math.min(left, settings.initial())) : List.of();
    if (next.isEmpty()) {
      // Later, or where all that was drawn to begin with is known already.
      next = improving(Math.min(left, settings.batch()));
    }
    proposed += next.size();
    return next.stream().map(c -> new SearchMethod.Proposal(c, budget)).toList();
  }

  @Override
  public void tell(List<Trial> trials) {
    told.addAll(trials);
  }

  @Override
  public void learn(List<Trial> trials) {
    told.addAll(trials);
    trials.forEach(trial -> asked.add(trial.configuration()));
  }

  /** A Latin hypercube: of each parameter, every part of its range once. */
  private List<Configuration> initial(int count) {
    RandomStream stream = random.derive("initial");
    int parameters = space.dimensions().size();
    double[][] places = new double[count][parameters];
    for (int p = 0; p < parameters; p++) {
      int[] parts = new int[count];
      Arrays.setAll(parts, i -> i);
      stream.shuffle(parts);
      for (int i = 0; i < count; i++) {
        places[i][p] = (parts[i] + stream.nextDouble()) / count;
      }
    }
    List<Configuration> next = new ArrayList<>();
    for (double[] place : places) {
      Configuration configuration = space.at(place);
      if (asked.add(configuration)) {
        next.add(configuration);
      }
    }
    return next;
  }

  private List<Configuration> improving(int count) {
    RandomStream stream = random.derive("improving").derive(asked.size());
    List<double[]> points = new ArrayList<>();
    told.forEach(trial -> points.add(space.encode(trial.configuration())));
    List<Double> values = standardised();
    GaussianProcess process = fitted(points, values);
    List<Configuration> next = new ArrayList<>();
    while (next.size() < count) {
      Configuration best = new Candidates(space, process, points, asked).best(told, stream);
      if (best == null) {
        break;
      }
      asked.add(best);
      next.add(best);
      // The others of the batch are chosen as if this one had turned out as expected.
      points.add(space.encode(best));
      values.add(process.at(points.get(points.size() - 1)).mean());
      process = given(process.kernel(), points, values);
    }
    return next;
  }

  /** The scores with mean 0 and deviation 1; a trial that failed has the worst. */
  private List<Double> standardised() {
    List<Double> scores = told.stream().filter(t -> !t.failed()).map(Trial::mean).toList();
    double worst = scores.stream().min(Double::compare).orElse(0.0);
    List<Double> all = told.stream().map(t -> t.failed() ? worst : t.mean()).toList();
    double mean = Trial.mean(all);
    double squares = 0;
    for (double score : all) {
      squares += (score - mean) * (score - mean);
    }
    double deviation = Math.sqrt(squares / all.size());
    List<Double> values = new ArrayList<>();
    for (double score : all) {
      values.add(deviation > 0 ? (score - mean) / deviation : 0);
    }
    return values;
  }

  private GaussianProcess fitted(List<double[]> points, List<Double> values) {
    List<Matern> starts = new ArrayList<>(List.of(fit.start()));
    if (last != null) {
      starts.add(last);
    }
    GaussianProcess process = fit.fit(starts, points.toArray(double[][]::new), array(values));
    last = process.kernel();
    return process;
  }

  private static GaussianProcess given(Matern kernel, List<double[]> points, List<Double> values) {
    return new GaussianProcess(kernel, points.toArray(double[][]::new), array(values));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
