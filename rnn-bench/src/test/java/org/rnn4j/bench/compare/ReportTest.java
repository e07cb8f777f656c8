package org.rnn4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static Row row(String title) {
    return Rows.all().stream().filter(row -> row.title().equals(title)).findFirst().orElseThrow();
  }

  private static Series series(Entry entry, String field, double... values) {
    Series series = new Series(entry);
    for (double value : values) {
      Message round = Message.of(Map.of("seconds", 1.0, field, value));
      series.add(round, 0);
    }
    return series;
  }

  private static String report(Row row, Series... series) {
    Outcome outcome = new Outcome(row, 1, Arrays.asList(series));
    return new Report(Map.of("date", "today"), Map.of(Peer.DL4J, "no jars"), 1)
        .write(List.of(outcome));
  }

  @Test
  void a_ratio_is_ours_to_the_fastest_peer_with_its_range_over_the_rounds() {
    String text =
        report(
            row("train lstm-128, 2 threads"),
            series(Entry.of(Peer.RNN4J, 2), "tokens", 300_000, 200_000, 250_000),
            series(Entry.of(Peer.TORCH, 2), "tokens", 100_000, 100_000, 110_000),
            series(Entry.of(Peer.KERAS, 2), "tokens", 50_000, 50_000, 50_000));

    assertThat(text)
        .contains("| train lstm-128, B64 T200 | 2       | 250 (225–275) |")
        .contains("| 2.50× | 2.00–3.00 |");
  }

  @Test
  void a_peer_that_is_faster_is_bold_and_so_is_the_ratio() {
    String text =
        report(
            row("train lstm-128, 2 threads"),
            series(Entry.of(Peer.RNN4J, 2), "tokens", 100_000),
            series(Entry.of(Peer.TORCH, 2), "tokens", 200_000));

    assertThat(text).contains("| 100 (100–100) | **200** (200–200) | **0.50×** |");
  }

  @Test
  void less_is_better_where_latency_counts_and_the_best_number_of_threads_is_shown() {
    String text =
        report(
            row("one text lstm-128"),
            series(Entry.of(Peer.RNN4J, 1), "p50", 2),
            series(Entry.of(Peer.TORCH, 1), "p50", 8),
            series(Entry.of(Peer.TORCH, 2), "p50", 5));

    assertThat(text).contains("5.00 (5.00–5.00); 2 thr | 2.50×");
  }

  @Test
  void recurrent_dropout_costs_what_pairs_of_rounds_differ_by_and_who_goes_without_is_no_rival() {
    String text =
        report(
            row("train gru-128, recurrent dropout, 2 threads"),
            series(Entry.of(Peer.RNN4J, 2), "tokens", 100_000, 50_000, 80_000),
            series(Entry.bare(Peer.RNN4J, 2), "tokens", 110_000, 60_000, 84_000),
            series(Entry.of(Peer.KERAS, 2), "tokens", 40_000, 40_000, 40_000),
            series(Entry.bare(Peer.KERAS, 2), "tokens", 200_000, 200_000, 200_000));

    assertThat(text)
        .contains("| 2.00× | 1.25–2.50 |")
        .contains("| rnn4j | 10 % ")
        .contains("| Keras | 400 % ");
  }

  @Test
  void missing_peers_are_named_with_the_reason() {
    assertThat(report(row("train gru-128, 1 thread"))).contains("- missing: DL4J: no jars");
  }

  @Test
  void rounds_that_others_disturbed_are_told_of() {
    Series disturbed = new Series(Entry.of(Peer.RNN4J, 2));
    disturbed.add(Message.of(Map.of("seconds", 1.0, "tokens", 1000)), 0.5);

    assertThat(report(row("train lstm-128, 2 threads"), disturbed))
        .contains("**Disturbed**: in train lstm-128, 2 threads something else took up to 50 %");
  }

  @Test
  void scalar_kernels_stand_in_a_table_of_their_own() {
    String text =
        report(
            row("train lstm-128, 2 threads"),
            series(Entry.of(Peer.RNN4J, 2), "tokens", 100_000),
            series(Entry.of(Peer.SCALAR, 2), "tokens", 20_000));

    assertThat(text)
        .contains("| train lstm-128 | 2       | 100          | 20.0           | 5.00× |");
  }

  @Test
  void a_table_takes_as_many_cells_as_it_has_columns() {
    MarkdownTable table = new MarkdownTable(List.of("a", "b"));

    assertThatThrownBy(() -> table.add(List.of("1"))).hasMessage("Expected 2 cells, got 1");
    table.add(List.of("long | cell", "1"));
    assertThat(table)
        .hasToString(
            """
            | a            | b   |
            | ------------ | --- |
            | long \\| cell | 1   |
            """);
  }
}
