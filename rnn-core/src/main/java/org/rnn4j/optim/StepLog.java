package org.rnn4j.optim;

/** The sizes and epsilons of the steps taken, in order, for rows that missed some. */
final class StepLog {
  private final FloatLog sizes = new FloatLog();
  private final FloatLog epsilons = new FloatLog();

  void add(StepSize step) {
    sizes.add(step.size());
    epsilons.add(step.epsilon());
  }

  int count() {
    return sizes.count();
  }

  void clear() {
    sizes.clear();
    epsilons.clear();
  }

  float[] sizes() {
    return sizes.values();
  }

  float[] epsilons() {
    return epsilons.values();
  }
}
