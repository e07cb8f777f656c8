package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one entry in a row: all its rounds, or why there are none. */
public final class Series {
  private final Entry entry;
  private final List<Message> rounds = new ArrayList<>();
  private Message prepared = Message.of(Map.of());
  private Message memory = Message.of(Map.of());
  private double disturbance;
  private @Nullable String failure;

  /** A series without rounds yet. */
  public Series(Entry entry) {
    this.entry = entry;
  }

  /** Who it is of. */
  public Entry entry() {
    return entry;
  }

  void prepared(Message reply) {
    prepared = reply;
  }

  void memory(Message reply) {
    memory = reply;
  }

  void fail(String reason) {
    failure = reason;
  }

  /**
   * Adds a round.
   *
   * @param others the share of a core that anything else on this machine had meanwhile
   */
  void add(Message round, double others) {
    rounds.add(round.with("othersShareOfCore", others));
    disturbance = Math.max(disturbance, others);
  }

  /** Why it has no result, or null. */
  public @Nullable String failure() {
    return failure;
  }

  /** The greatest share of a core that anything else had in a round. */
  public double disturbance() {
    return disturbance;
  }

  /** How many rounds it ran. */
  public int rounds() {
    return rounds.size();
  }

  /** Whether there is a result. */
  public boolean isComplete() {
    return failure == null && !rounds.isEmpty();
  }

  /** What it chose in its trials. */
  public String settings() {
    String settings = prepared.textOrNull("settings");
    return settings == null ? "" : settings;
  }

  double secondsPerStep() {
    return prepared.number("secondsPerStep");
  }

  /** A number of each round; empty where the rounds do not have it. */
  public Optional<Samples> each(String field) {
    if (!isComplete() || !rounds.stream().allMatch(round -> round.has(field))) {
      return Optional.empty();
    }
    return Optional.of(new Samples(rounds.stream().map(round -> round.number(field)).toList()));
  }

  /** Thousand tokens a second, round by round. */
  public Optional<Samples> thousandTokensPerSecond() {
    return each("tokens")
        .map(
            tokens ->
                new Samples(
                    rounds.stream()
                        .map(round -> round.number("tokens") / round.number("seconds") / 1e3)
                        .toList()));
  }

  /** The best rate of any product, round by round, in GFLOP/s. */
  public Optional<Samples> gigaflops() {
    if (!isComplete()) {
      return Optional.empty();
    }
    return Optional.of(new Samples(rounds.stream().map(Series::bestRate).toList()));
  }

  private static double bestRate(Message round) {
    if (round.fields().get("gflops") instanceof Map<?, ?> rates) {
      return rates.values().stream()
          .mapToDouble(rate -> ((Number) rate).doubleValue())
          .max()
          .orElse(0);
    }
    return 0;
  }

  /** What the last round gave, in the unit of whatever it measured. */
  Optional<Double> latest() {
    if (!isComplete()) {
      return Optional.empty();
    }
    Message last = rounds.get(rounds.size() - 1);
    if (last.has("p50")) {
      return Optional.of(last.number("p50"));
    }
    if (last.has("gflops")) {
      return Optional.of(bestRate(last));
    }
    double seconds = last.number("seconds");
    return Optional.of(last.has("tokens") ? last.number("tokens") / seconds / 1e3 : 1e3 * seconds);
  }

  /** The peak of resident memory in bytes. */
  public Optional<Double> peakBytes() {
    return memory.has("peakBytes") ? Optional.of(memory.number("peakBytes")) : Optional.empty();
  }

  /** Everything, as JSON values. */
  Map<String, Object> raw() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("implementation", entry.peer().id());
    raw.put("label", entry.label());
    raw.put("threads", entry.threads());
    raw.put("form", entry.form());
    if (failure != null) {
      raw.put("failure", failure);
    }
    raw.put("prepared", prepared.fields());
    raw.put("memory", memory.fields());
    raw.put("rounds", rounds.stream().map(Message::fields).toList());
    return raw;
  }
}
