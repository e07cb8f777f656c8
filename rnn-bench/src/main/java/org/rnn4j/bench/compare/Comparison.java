package org.rnn4j.bench.compare;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Measures a row: starts a process for each entry, lets each warm up, then runs round 1 of every
 * entry, round 2 of every entry, and so on, so that a machine that changes its speed changes it for
 * all.
 */
final class Comparison {
  /** Calls of a round where single calls are timed; a worker stops after a second of them. */
  private static final int CALLS = 3000;

  /** So many rounds there are even where a row has used up its time. */
  private static final int LEAST_ROUNDS = 3;

  private final Launcher launcher;
  private final Effort effort;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * How much time is taken.
   *
   * @param rounds of each entry
   * @param roundSeconds of the fastest entry, about
   * @param roundLimit seconds after which a round of a slow entry ends with fewer steps, about
   * @param rowSeconds after which a row ends, with fewer rounds but at least three
   * @param patience how long a round waits at most until nothing else runs on this machine
   * @param warmup of native code
   * @param javaWarmup of peers in Java, whose compilers need more
   */
  record Effort(
      int rounds,
      double roundSeconds,
      double roundLimit,
      double rowSeconds,
      Duration patience,
      Warmup warmup,
      Warmup javaWarmup) {
    static Effort full(int rounds) {
      return new Effort(
          rounds, 1, 12, 1800, Duration.ofSeconds(3), new Warmup(1, 30), new Warmup(6, 30));
    }

    static Effort quick(int rounds) {
      return new Effort(
          rounds, 0.4, 1.5, 60, Duration.ofSeconds(2), new Warmup(0.3, 4), new Warmup(3, 4));
    }
  }

  /**
   * A way to measure.
   *
   * @param folder for logs and model files
   * @param progress is told a line now and then
   */
  Comparison(Launcher launcher, Effort effort, Path folder, Consumer<String> progress) {
    this.launcher = launcher;
    this.effort = effort;
    this.folder = folder;
    this.progress = progress;
  }

  /** Measures a row with the given peers. */
  Outcome measure(Row row, Set<Peer> peers) {
    List<Series> series = Rows.entries(row, peers).stream().map(Series::new).toList();
    Map<Series, Competitor> field = new LinkedHashMap<>();
    long begin = System.nanoTime();
    try {
      for (Series one : series) {
        attempt(one, () -> field.put(one, competitor(row, one.entry())));
      }
      // All have loaded before any of them measures something, be it for its own trials.
      each(series, field, (one, competitor) -> competitor.awaitReady());
      each(
          series,
          field,
          (one, competitor) -> {
            awaitCalm(); // peers choose their settings now
            progress.accept(row.title() + ": " + name(one) + " warms up");
            one.prepared(competitor.prepare());
          });
      int steps = steps(row, series);
      for (int round = 1; round <= effort.rounds(); round++) {
        runRound(series, field, steps);
        progress.accept(
            "%s: round %d of %d%s".formatted(row.title(), round, effort.rounds(), latest(series)));
        if (round >= LEAST_ROUNDS && (System.nanoTime() - begin) / 1e9 > effort.rowSeconds()) {
          break;
        }
      }
      each(series, field, (one, competitor) -> one.memory(competitor.memory()));
      return new Outcome(row, steps, series);
    } finally {
      field.values().forEach(Competitor::close);
    }
  }

  private Competitor competitor(Row row, Entry entry) throws PeerException {
    Peer peer = entry.peer();
    Path log = folder.resolve(peer.id() + ".log");
    LiveCompetitor.Start start =
        () ->
            WorkerProcess.start(
                launcher.worker(peer), launcher.environment(peer, entry.threads()), log);
    if (row.kind() == Row.Kind.START) {
      Path file = folder.resolve("model." + peer.modelSuffix());
      return new FreshCompetitor(row, entry, launcher, start.process(), file, log);
    }
    Warmup warmup = peer.isPython() ? effort.warmup() : effort.javaWarmup();
    return new LiveCompetitor(row, entry, warmup, peer.isPython(), start);
  }

  private int steps(Row row, List<Series> series) {
    return switch (row.kind()) {
      case PRODUCT, START -> 1;
      case ONE_TEXT -> CALLS;
      case TRAIN, PREDICT -> {
        if (row.batches().isRagged()) {
          yield row.batches().count(); // the same texts in every round
        }
        double fastest =
            series.stream()
                .filter(one -> one.failure() == null)
                .mapToDouble(Series::secondsPerStep)
                .min()
                .orElse(1);
        yield (int) Math.max(1, Math.round(effort.roundSeconds() / fastest));
      }
    };
  }

  private void runRound(List<Series> series, Map<Series, Competitor> field, int steps) {
    ProcessorTime processor = new ProcessorTime(field.values());
    each(
        series,
        field,
        (one, competitor) -> {
          awaitCalm();
          int own = steps(one, steps);
          Duration before = processor.others(competitor);
          long start = System.nanoTime();
          Message round = competitor.run(own);
          double seconds = (System.nanoTime() - start) / 1e9;
          Duration others = processor.others(competitor).minus(before);
          one.add(round.with("steps", own), others.toNanos() / 1e9 / seconds);
        });
  }

  /** The steps of a round; fewer where they would take one so slow beyond the limit. */
  private int steps(Series one, int steps) {
    double affordable = effort.roundLimit() / one.secondsPerStep();
    return affordable < steps && !one.entry().peer().isOurs()
        ? (int) Math.max(1, affordable)
        : steps;
  }

  private void awaitCalm() throws PeerException {
    try {
      ProcessorTime.awaitCalm(effort.patience());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("was interrupted");
    }
  }

  /** What the last round gave, for those who look on. */
  private static String latest(List<Series> series) {
    List<String> parts = new ArrayList<>();
    for (Series one : series) {
      one.latest().ifPresent(value -> parts.add(name(one) + " " + Figures.of(value)));
    }
    return parts.isEmpty() ? "" : ": " + String.join(", ", parts);
  }

  private static String name(Series one) {
    return one.entry().label() + (one.entry().threads() > 0 ? "/" + one.entry().threads() : "");
  }

  private interface Attempt {
    void run() throws PeerException;
  }

  private interface Use {
    void of(Series one, Competitor competitor) throws PeerException;
  }

  /** Does something with each competitor that has not failed; one that fails now is out. */
  private static void each(List<Series> series, Map<Series, Competitor> field, Use use) {
    for (Series one : series) {
      Competitor competitor = field.get(one);
      if (competitor != null && one.failure() == null) {
        attempt(one, () -> use.of(one, competitor));
      }
    }
  }

  private static void attempt(Series one, Attempt attempt) {
    try {
      attempt.run();
    } catch (PeerException e) {
      one.fail(String.valueOf(e.getMessage()));
    }
  }

  /** Starts each peer once: its version, or why it cannot be had. */
  Presence probe(Set<Peer> peers) {
    Map<Peer, String> versions = new LinkedHashMap<>();
    Map<Peer, String> missing = new LinkedHashMap<>();
    Map<Peer, WorkerProcess> started = new LinkedHashMap<>();
    for (Peer peer : peers) {
      try {
        Path log = folder.resolve(peer.id() + ".log");
        started.put(
            peer, WorkerProcess.start(launcher.worker(peer), launcher.environment(peer, 1), log));
      } catch (PeerException e) {
        missing.put(peer, String.valueOf(e.getMessage()));
      }
    }
    started.forEach(
        (peer, process) -> {
          try (process) {
            versions.put(peer, process.awaitReady().text("version"));
          } catch (PeerException e) {
            missing.put(peer, String.valueOf(e.getMessage()));
          }
        });
    progress.accept(
        "peers: "
            + versions.entrySet().stream()
                .map(version -> version.getKey().label() + " " + version.getValue())
                .collect(Collectors.joining(", ")));
    missing.forEach(
        (peer, reason) ->
            progress.accept(String.format(Locale.ROOT, "missing: %s: %s", peer.label(), reason)));
    return new Presence(versions, missing);
  }

  /**
   * Which peers there are.
   *
   * @param versions of those that started
   * @param missing why the others did not, in one line each
   */
  record Presence(Map<Peer, String> versions, Map<Peer, String> missing) {}
}
