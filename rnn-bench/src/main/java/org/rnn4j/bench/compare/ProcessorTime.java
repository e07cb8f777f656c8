package org.rnn4j.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Who had the processor while one competitor was measured: on Linux anybody on this machine,
 * elsewhere the other competitors.
 */
final class ProcessorTime {
  private static final Path STATISTICS = Path.of("/proc/stat");
  private static final Path SELF = Path.of("/proc/self/stat");

  private static final long NANOS_PER_TICK = 10_000_000;

  /**
   * Columns of the first line that are no work: idle, waiting for disks, guests (counted twice).
   */
  private static final List<Integer> NO_WORK = List.of(4, 5, 9, 10);

  /** Columns of {@link #SELF} behind the name of the program: the ended children's time. */
  private static final int USER = 13;

  private static final int SYSTEM = 14;

  private static final Duration CALM_LOOK = Duration.ofMillis(150);
  private static final double CALM_SHARE = 0.25;

  private final Collection<Competitor> field;

  ProcessorTime(Collection<Competitor> field) {
    this.field = field;
  }

  /** Time that others than the one measured have had since some moment. */
  Duration others(Competitor measured) {
    try {
      String all = Files.readAllLines(STATISTICS).get(0);
      return busy(all).minus(measured.processorTime());
    } catch (IOException e) {
      return field.stream()
          .filter(other -> other != measured)
          .map(Competitor::processorTime)
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  /**
   * Waits until this machine has next to nothing to do, but not for ever: threads that spin after
   * their work fall asleep, what somebody else began may come to its end.
   */
  static void awaitCalm(Duration patience) throws InterruptedException {
    for (long i = 0; i < patience.dividedBy(CALM_LOOK); i++) {
      Duration before = busy();
      Thread.sleep(CALM_LOOK.toMillis());
      if (busy().minus(before).toMillis() < CALM_SHARE * CALM_LOOK.toMillis()) {
        return;
      }
    }
  }

  private static Duration busy() {
    try {
      return busy(Files.readAllLines(STATISTICS).get(0));
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  /** Time that processes this one started have had, of those that ended; 0 where none tells. */
  static Duration ofEndedChildren() {
    try {
      String line = Files.readString(SELF);
      String[] columns = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Duration.ofNanos(
          (Long.parseLong(columns[USER]) + Long.parseLong(columns[SYSTEM])) * NANOS_PER_TICK);
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  /** The time all processors worked, from the line that sums them up. */
  static Duration busy(String line) {
    String[] columns = line.trim().split("\\s+");
    long ticks = 0;
    for (int i = 1; i < columns.length; i++) {
      if (!NO_WORK.contains(i)) {
        ticks += Long.parseLong(columns[i]);
      }
    }
    return Duration.ofNanos(ticks * NANOS_PER_TICK);
  }
}
