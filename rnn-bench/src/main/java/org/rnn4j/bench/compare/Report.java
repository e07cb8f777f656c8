package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The tables of a comparison, in Markdown. */
public final class Report {
  /** More than this share of a core for anything else, and a row was disturbed. */
  private static final double DISTURBED = 0.1;

  private final Map<String, String> heading;
  private final Map<Peer, String> missing;
  private final int wantedRounds;

  /**
   * A report.
   *
   * @param heading what stands above the tables, by name
   * @param missing peers that did not take part, and why
   * @param wantedRounds rounds of each row, if there was time
   */
  public Report(Map<String, String> heading, Map<Peer, String> missing, int wantedRounds) {
    this.heading = heading;
    this.missing = missing;
    this.wantedRounds = wantedRounds;
  }

  /** What stands above the tables. */
  public Map<String, String> heading() {
    return heading;
  }

  /** The whole report over the rows measured so far. */
  public String write(List<Outcome> outcomes) {
    StringBuilder text = new StringBuilder("# rnn4j and its peers\n\n");
    heading.forEach(
        (name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
    missing.forEach(
        (peer, reason) ->
            text.append("- missing: ")
                .append(peer.label())
                .append(": ")
                .append(reason)
                .append('\n'));
    text.append(
        """

        A ratio is how many times faster rnn4j is than the fastest peer of the row, from medians; beside it its range
        over the rounds. **Bold: a peer is faster.**
        """);
    comparison(text, "Training, thousand tokens/s", outcomes, Rows::isUniformTraining);
    comparison(
        text,
        "Training on texts of unequal length, thousand real tokens/s",
        outcomes,
        row -> row.kind() == Row.Kind.TRAIN && row.batches().isRagged());
    comparison(
        text,
        "Prediction of batches, thousand tokens/s",
        outcomes,
        row -> row.kind() == Row.Kind.PREDICT);
    comparison(
        text,
        "Prediction of one text, ms, median and 99th percentile; best number of threads of each"
            + " peer",
        outcomes,
        row -> row.kind() == Row.Kind.ONE_TEXT);
    comparison(
        text,
        "From the start of a process to its first prediction, ms",
        outcomes,
        row -> row.kind() == Row.Kind.START);
    Details details = new Details(outcomes);
    details.dropout(text);
    details.kernels(text);
    details.peak(text);
    details.memory(text);
    details.settings(text);
    notes(text, outcomes);
    return text.toString();
  }

  private static void comparison(
      StringBuilder text, String title, List<Outcome> outcomes, Predicate<Row> which) {
    List<Outcome> chosen = outcomes.stream().filter(o -> which.test(o.row())).toList();
    if (chosen.isEmpty()) {
      return;
    }
    List<String> labels =
        chosen.stream()
            .flatMap(Report::compared)
            .map(series -> series.entry().label())
            .distinct()
            .toList();
    List<String> head = new ArrayList<>(List.of("row", "threads"));
    head.addAll(labels);
    head.addAll(List.of("ratio", "range"));
    MarkdownTable table = new MarkdownTable(head);
    for (Outcome outcome : chosen) {
      table.add(cells(outcome, labels));
    }
    text.append("\n## ").append(title).append("\n\n").append(table);
  }

  private static List<String> cells(Outcome outcome, List<String> labels) {
    Row row = outcome.row();
    Verdict verdict = new Verdict(outcome);
    List<String> cells = new ArrayList<>();
    cells.add(row.name() + ", " + row.shape());
    cells.add(row.threads() == 0 ? "best" : Integer.toString(row.threads()));
    for (String label : labels) {
      cells.add(cell(outcome, verdict, label));
    }
    cells.add(verdict.ratio().map(r -> bold(Figures.ratio(r) + "×", r < 1)).orElse("–"));
    cells.add(verdict.range());
    return cells;
  }

  private static String cell(Outcome outcome, Verdict verdict, String label) {
    Measure measure = Measure.of(outcome.row());
    Optional<Series> best = verdict.best(label);
    if (best.isEmpty()) {
      boolean failed = outcome.series().stream().anyMatch(s -> s.entry().label().equals(label));
      return failed ? "failed" : "–";
    }
    Samples samples = measure.of(best.get()).orElseThrow();
    String value = bold(Figures.of(samples.median()), verdict.beatsUs(best.get()));
    String spread =
        " ("
            + Figures.of(samples.lowerQuartile())
            + "–"
            + Figures.of(samples.upperQuartile())
            + ")";
    String tail = best.get().each("p99").map(p99 -> "; p99 " + Figures.of(p99.median())).orElse("");
    int threads = best.get().entry().threads();
    boolean tells = outcome.row().threads() == 0 && outcome.row().kind() == Row.Kind.ONE_TEXT;
    return value + spread + tail + (tells ? "; " + threads + " thr" : "");
  }

  private static String bold(String text, boolean bold) {
    return bold ? "**" + text + "**" : text;
  }

  /** Series that stand in the tables of peers: all but the scalar kernels. */
  private static Stream<Series> compared(Outcome outcome) {
    return outcome.series().stream().filter(series -> series.entry().peer() != Peer.SCALAR);
  }

  private static Optional<String> disturbance(Outcome outcome) {
    double worst = outcome.series().stream().mapToDouble(Series::disturbance).max().orElse(0);
    return worst > DISTURBED
        ? Optional.of(
            "**Disturbed**: in %s something else took up to %s of a core during a round"
                .formatted(outcome.row().title(), Figures.percent(worst)))
        : Optional.empty();
  }

  private Optional<String> rounds(Outcome outcome) {
    return outcome
        .ours()
        .filter(series -> series.isComplete() && series.rounds() < wantedRounds)
        .map(
            series ->
                "%s had time for %d rounds only".formatted(outcome.row().title(), series.rounds()));
  }

  private static void slowness(Outcome outcome, Series series, List<String> notes) {
    series
        .each("steps")
        .filter(steps -> steps.median() < outcome.steps())
        .ifPresent(
            steps ->
                notes.add(
                    "%s/%d in %s did %.0f steps a round, the others %d"
                        .formatted(
                            series.entry().label(),
                            series.entry().threads(),
                            outcome.row().title(),
                            steps.median(),
                            outcome.steps())));
  }

  private void notes(StringBuilder text, List<Outcome> outcomes) {
    List<String> notes = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      disturbance(outcome).ifPresent(notes::add);
      rounds(outcome).ifPresent(notes::add);
      for (Series series : outcome.series()) {
        String who = series.entry().label() + " in " + outcome.row().title();
        String failure = series.failure();
        slowness(outcome, series, notes);
        if (failure != null) {
          notes.add(who + " failed: " + failure);
        }
      }
    }
    text.append("\n## Notes\n\n");
    notes.forEach(note -> text.append("- ").append(note).append('\n'));
  }
}
