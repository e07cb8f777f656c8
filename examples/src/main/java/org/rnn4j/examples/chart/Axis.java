package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One direction of a plot: which values it spans, and where its ticks stand.
 *
 * <p>A span that would be empty (no value, one value, or all the same) is widened, so that every
 * data set has a picture.
 */
final class Axis {
  private static final double TOLERANCE = 1e-9;

  /** A value that is marked on the axis, and its name. */
  record Tick(double value, String label) {}

  private enum Kind {
    NUMBERS,
    WHOLE_NUMBERS,
    SHARES,
    LOGARITHMS,
    NAMES
  }

  private final String title;
  private final Kind kind;
  private final double low;
  private final double high;
  private final List<String> names;

  private Axis(String title, Kind kind, double low, double high, List<String> names) {
    this.title = title;
    this.kind = kind;
    this.low = low;
    this.high = high;
    this.names = names;
  }

  /** Spans the finite ones of the values, with a margin. */
  static Axis numbers(String title, DoubleStream values) {
    double[] range = range(values);
    double margin = 0.05 * (range[1] - range[0]);
    return new Axis(title, Kind.NUMBERS, range[0] - margin, range[1] + margin, List.of());
  }

  /** Spans from 0 to the largest of the values, with a margin. */
  static Axis fromZero(String title, DoubleStream values) {
    double high = Math.max(0, range(DoubleStream.concat(DoubleStream.of(0), values))[1]);
    return new Axis(title, Kind.NUMBERS, 0, 1.05 * high, List.of());
  }

  /** Counts from 0 to the largest of the values, with a margin. */
  static Axis counts(String title, DoubleStream values) {
    double high = Math.max(1, range(DoubleStream.concat(DoubleStream.of(0), values))[1]);
    return new Axis(title, Kind.WHOLE_NUMBERS, 0, 1.05 * high, List.of());
  }

  /** Whole numbers from the first to the last, with half a step to both sides. */
  static Axis whole(String title, double first, double last) {
    return new Axis(title, Kind.WHOLE_NUMBERS, first - 0.5, Math.max(first, last) + 0.5, List.of());
  }

  /** Shares from {@code low} to {@code high}, written as percentages. */
  static Axis shares(String title, double low, double high) {
    return new Axis(title, Kind.SHARES, low, high, List.of());
  }

  /** Shares that span the finite ones of the values, with a margin, within 0 and 1. */
  static Axis shares(String title, DoubleStream values) {
    double[] range = range(values);
    double margin = Math.max(0.005, 0.08 * (range[1] - range[0]));
    double from = Math.max(0, range[0] - margin);
    double to = Math.min(1, range[1] + margin);
    return new Axis(title, Kind.SHARES, from < to ? from : 0, from < to ? to : 1, List.of());
  }

  /** Spans the values, all above 0, by their logarithms. */
  static Axis logarithms(String title, DoubleStream values) {
    double[] range = range(values.map(StrictMath::log10));
    double margin = 0.06 * (range[1] - range[0]);
    return new Axis(title, Kind.LOGARITHMS, range[0] - margin, range[1] + margin, List.of());
  }

  /** One place for each name, at 0, 1, 2 and so on. */
  static Axis names(String title, List<String> names) {
    return new Axis(title, Kind.NAMES, -0.5, Math.max(0.5, names.size() - 0.5), names);
  }

  String title() {
    return title;
  }

  /** Where a value stands, from 0 at the low end to 1 at the high end. */
  double position(double value) {
    double place = kind == Kind.LOGARITHMS ? StrictMath.log10(value) : value;
    return (place - low) / (high - low);
  }

  /** Whether a value is a number that stands between the ends. */
  boolean spans(double value) {
    double position = position(value);
    return position >= -TOLERANCE && position <= 1 + TOLERANCE;
  }

  boolean hasNames() {
    return kind == Kind.NAMES;
  }

  /** Round values between the ends, in order, at most so many of them, one at least; all names. */
  List<Tick> ticks(int most) {
    int limit = Math.max(1, most);
    List<Tick> ticks = new ArrayList<>();
    switch (kind) {
      case NAMES -> {
        for (int i = 0; i < names.size(); i++) {
          ticks.add(new Tick(i, names.get(i)));
        }
      }
      case LOGARITHMS -> addPowers(ticks, limit);
      case NUMBERS, SHARES, WHOLE_NUMBERS -> addSteps(ticks, limit);
    }
    return ticks;
  }

  private void addSteps(List<Tick> ticks, int most) {
    Step step = Step.atLeast((high - low) / (most + 1));
    if (kind == Kind.WHOLE_NUMBERS && step.size() < 1) {
      step = new Step(1, 0);
    }
    while (last(step) - first(step) + 1 > most) {
      step = Step.atLeast(1.5 * step.size());
    }
    long first = first(step);
    long last = last(step);
    for (long i = first; i <= last; i++) {
      double value = step.times(i);
      ticks.add(
          new Tick(
              value,
              kind == Kind.SHARES
                  ? Digits.fixed(100 * value, Math.max(0, step.decimals() - 2)) + " %"
                  : Digits.fixed(value, step.decimals())));
    }
  }

  private long first(Step step) {
    return (long) Math.ceil(low / step.size() - TOLERANCE);
  }

  private long last(Step step) {
    return (long) Math.floor(high / step.size() + TOLERANCE);
  }

  /** Powers of ten; where there are fewer than two, their doubles and fivefolds as well. */
  private void addPowers(List<Tick> ticks, int most) {
    List<int[]> choices =
        List.of(new int[] {1}, new int[] {1, 3}, new int[] {1, 2, 5}, new int[] {1, 2, 3, 4, 6, 8});
    List<Tick> chosen = new ArrayList<>();
    for (int[] factors : choices) {
      List<Tick> candidates = powers(factors, 1);
      if (candidates.size() > most) {
        break;
      }
      chosen = candidates;
    }
    for (int every = 2; chosen.isEmpty() && every <= 64; every++) {
      List<Tick> candidates = powers(new int[] {1}, every);
      chosen = candidates.size() <= most ? candidates : chosen;
    }
    ticks.addAll(chosen);
  }

  private List<Tick> powers(int[] factors, int every) {
    List<Tick> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(low); power <= high; power++) {
      if (Math.floorMod(power, every) == 0) {
        for (int factor : factors) {
          double value = factor * StrictMath.pow(10, power);
          if (spans(value)) {
            ticks.add(new Tick(value, Digits.significant(value, 1)));
          }
        }
      }
    }
    return ticks;
  }

  /** The least and the greatest finite value, set apart if they are one. */
  private static double[] range(DoubleStream values) {
    double[] finite = values.filter(Double::isFinite).sorted().toArray();
    if (finite.length == 0) {
      return new double[] {0, 1};
    }
    double least = finite[0];
    double greatest = finite[finite.length - 1];
    double widening = Math.max(1e-12, 1e-6 * Math.abs(greatest));
    if (greatest - least > widening) {
      return new double[] {least, greatest};
    }
    double half = least == 0 ? 0.5 : 0.1 * Math.abs(least);
    return new double[] {least - half, greatest + half};
  }

  /**
   * A distance of ticks: 1, 2 or 5 times a power of ten.
   *
   * @param size the distance
   * @param decimals decimals that its multiples need
   */
  private record Step(double size, int decimals) {

    static Step atLeast(double size) {
      int power = (int) Math.floor(StrictMath.log10(Math.max(size, 1e-300)) + TOLERANCE);
      double unit = StrictMath.pow(10, power);
      for (int factor : new int[] {1, 2, 5}) {
        if (factor * unit >= size * (1 - TOLERANCE)) {
          return new Step(factor * unit, Math.max(0, -power));
        }
      }
      return new Step(10 * unit, Math.max(0, -power - 1));
    }

    /** A multiple, with 0 as 0. */
    double times(long count) {
      return count == 0 ? 0 : count * size;
    }
  }
}
