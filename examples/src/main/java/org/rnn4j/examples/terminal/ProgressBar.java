package org.rnn4j.examples.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far a training is: epoch, share of the epoch, loss and accuracy so far, tokens a second, and
 * the time left until the last epoch ends.
 *
 * <p>On a terminal this is one line, drawn anew at most ten times a second and removed in the end.
 * Elsewhere it is a line at the end of an epoch, and one every ten seconds within a longer one.
 */
public final class ProgressBar {
  private static final long SECOND = 1_000_000_000L;
  private static final long REDRAW_AFTER = SECOND / 10;
  private static final long PLAIN_LINE_AFTER = 10 * SECOND;

  /** Before one of both, the time left is a guess: the machine has hardly warmed up. */
  private static final long ESTIMATE_AFTER = 5 * SECOND;

  private static final double ESTIMATE_FROM = 0.03;
  private static final int LONGEST_BAR = 30;

  /**
   * What has been reached within an epoch.
   *
   * @param epoch number of the epoch, from 1
   * @param epochs number of the last epoch
   * @param done share of the epoch that is done, from 0 to 1
   * @param tokens tokens read in this epoch
   * @param seconds time that took
   * @param loss mean loss so far in this epoch
   * @param accuracy share of right answers so far in this epoch, from 0 to 1
   */
  public record State(
      int epoch,
      int epochs,
      double done,
      long tokens,
      double seconds,
      double loss,
      double accuracy) {}

  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private final long start;
  private long lastDrawn;

  /** A bar on a terminal. */
  public ProgressBar(Terminal terminal) {
    this(terminal, System::nanoTime);
  }

  ProgressBar(Terminal terminal, LongSupplier nanoTime) {
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    start = nanoTime.getAsLong();
    lastDrawn = start;
  }

  /** Tells of progress; may be called as often as is convenient. */
  public void update(State state) {
    long now = nanoTime.getAsLong();
    boolean ended = state.done() >= 1;
    long wait = terminal.interactive() ? REDRAW_AFTER : PLAIN_LINE_AFTER;
    if (!ended && now - lastDrawn < wait) {
      return;
    }
    lastDrawn = now;
    if (terminal.interactive()) {
      terminal.overwrite(withBar(state, now));
    } else {
      int percent = (int) (100 * state.done());
      terminal.stream().printf("%s%3d %% %s%n", prefix(state), percent, figures(state, now));
    }
  }

  /** Removes the bar, so that other output may follow. */
  public void close() {
    if (terminal.interactive()) {
      terminal.overwrite("");
    }
  }

  private String withBar(State state, long now) {
    String prefix = prefix(state);
    String figures = figures(state, now);
    if (prefix.length() + figures.length() >= terminal.columns()) {
      figures = fewFigures(state, now);
    }
    int room = terminal.columns() - prefix.length() - figures.length() - 4;
    int length = Math.min(room, LONGEST_BAR);
    if (length < 5) {
      String line = prefix + figures;
      return line.substring(0, Math.min(line.length(), terminal.columns() - 1));
    }
    int filled = (int) (length * Math.min(1, Math.max(0, state.done())));
    return prefix
        + '['
        + terminal.green("=".repeat(filled))
        + " ".repeat(length - filled)
        + "] "
        + figures;
  }

  private static String prefix(State state) {
    return "epoch " + state.epoch() + '/' + state.epochs() + ' ';
  }

  private String figures(State state, long now) {
    return String.format(
        Locale.ROOT,
        "loss %.3f  accuracy %.1f %%  %s tokens/s  %s left",
        state.loss(),
        100 * state.accuracy(),
        thousands(state.tokens() / Math.max(1e-9, state.seconds())),
        clock(secondsLeft(state, now)));
  }

  private String fewFigures(State state, long now) {
    return String.format(
        Locale.ROOT, "loss %.3f  %s left", state.loss(), clock(secondsLeft(state, now)));
  }

  private double secondsLeft(State state, long now) {
    double epochsDone = state.epoch() - 1 + state.done();
    boolean known =
        epochsDone > 0
            && (epochsDone >= ESTIMATE_FROM * state.epochs() || now - start >= ESTIMATE_AFTER);
    return known
        ? (now - start) / (double) SECOND * (state.epochs() - epochsDone) / epochsDone
        : Double.NaN;
  }

  private static String thousands(double number) {
    return number < 10_000
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.0fk", number / 1000);
  }

  private static String clock(double seconds) {
    if (Double.isNaN(seconds)) {
      return "-:--";
    }
    long whole = (long) Math.ceil(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
