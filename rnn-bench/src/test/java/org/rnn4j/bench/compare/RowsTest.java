package org.rnn4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class RowsTest {
  @Test
  void every_row_survives_the_way_to_a_worker() {
    for (Row row : Rows.all()) {
      Entry entry = Entry.of(Peer.RNN4J, row.threads());
      Message request = Message.parse(row.request("prepare", entry, new Warmup(1, 2)).line());

      assertThat(Row.of(request)).isEqualTo(row);
    }
  }

  @Test
  void titles_are_unique_and_hold_those_of_the_quick_rows() {
    List<String> titles = Rows.all().stream().map(Row::title).toList();

    assertThat(titles).doesNotHaveDuplicates().containsAll(Rows.QUICK);
  }

  @Test
  void every_row_has_ours_and_pytorch_in_it_or_keras_for_recurrent_dropout() {
    for (Row row : Rows.all()) {
      boolean dropout = row.network().recurrentDropout() > 0;
      assertThat(Rows.entries(row, EnumSet.allOf(Peer.class)))
          .extracting(Entry::peer)
          .contains(Peer.RNN4J, dropout ? Peer.KERAS : Peer.TORCH);
    }
  }

  @Test
  void recurrent_dropout_is_run_beside_the_same_network_without_it() {
    Row row =
        Rows.all().stream()
            .filter(r -> r.name().equals("train gru-128, recurrent dropout"))
            .findFirst()
            .orElseThrow();
    List<Entry> entries = Rows.entries(row, EnumSet.allOf(Peer.class));

    assertThat(entries).extracting(Entry::label).contains("rnn4j", "rnn4j without");
    assertThat(entries)
        .allSatisfy(
            entry -> {
              Message request =
                  Message.parse(row.request("prepare", entry, new Warmup(1, 2)).line());
              assertThat(Row.of(request).network().recurrentDropout())
                  .isEqualTo(entry.bare() ? 0 : 0.2);
            });
  }

  @Test
  void one_text_is_given_to_us_with_one_thread_and_to_peers_with_one_and_two() {
    Row row =
        Rows.all().stream().filter(r -> r.kind() == Row.Kind.ONE_TEXT).findFirst().orElseThrow();

    assertThat(Rows.entries(row, EnumSet.of(Peer.RNN4J, Peer.ONNX)))
        .containsExactly(Entry.of(Peer.RNN4J, 1), Entry.of(Peer.ONNX, 1), Entry.of(Peer.ONNX, 2));
  }

  @Test
  void ragged_batches_are_longest_first_and_close_in_length() {
    Batches batches = Lengths.imdb();
    long real = 0;
    long padded = 0;
    for (List<Integer> lengths : batches.lengths()) {
      assertThat(lengths).hasSize(32).isSortedAccordingTo((a, b) -> b - a);
      real += lengths.stream().mapToInt(Integer::intValue).sum();
      padded += 32L * lengths.get(0);
    }

    assertThat(batches.length()).isEqualTo(400);
    assertThat((double) real / (32 * 32)).isBetween(195.0, 220.0);
    assertThat((double) padded / real).isBetween(1.0, 1.06);
  }

  @Test
  void operations_count_the_products_of_every_layer() {
    Network lstm = new Network("l", 10, 3, "lstm", List.of(5, 2));
    Network gru = new Network("g", 10, 3, "gru", List.of(5));

    assertThat(lstm.forwardOperations()).isEqualTo(2 * 4 * (5 * (3 + 5) + 2 * (5 + 2)));
    assertThat(gru.forwardOperations()).isEqualTo(2 * 3 * 5 * (3 + 5));
    assertThat(gru.attending(4, 7).forwardOperations())
        .isEqualTo(gru.forwardOperations() + 2 * (5 * 4 + 4 * 7 + 7 * 5));
    Network both = new Network("b", 10, 3, "gru", List.of(5, 2)).bidirectional();
    assertThat(both.forwardOperations()).isEqualTo(2 * 2 * 3 * (5 * (3 + 5) + 2 * (2 * 5 + 2)));
  }

  @Test
  void options_choose_rows_and_peers() {
    Options options = Options.parse("--rows", "^train .*lstm-128, 1", "--peers", "torch,dl4j");

    assertThat(Rows.all().stream().filter(options::includes).map(Row::title))
        .containsExactly("train lstm-128, 1 thread", "train ragged lstm-128, 1 thread");
    assertThat(options.peers).containsExactly(Peer.RNN4J, Peer.TORCH, Peer.DL4J);
    Assertions.assertThatThrownBy(() -> Options.parse("--peers", "caffe"))
        .hasMessageContaining("got caffe");
    Assertions.assertThatThrownBy(() -> Options.parse("--rounds", "0"))
        .hasMessage("Expected a number of 1 or more after --rounds, got 0");
  }

  @Test
  void quick_means_four_rows_without_scalar_kernels() {
    Options options = Options.parse("--quick");

    assertThat(Rows.all().stream().filter(options::includes)).hasSize(4);
    assertThat(options.peers).doesNotContain(Peer.SCALAR).contains(Peer.DL4J);
  }

  @Test
  void idle_time_is_no_work() {
    String columns =
        String.join(" ", IntStream.rangeClosed(1, 10).mapToObj(Integer::toString).toList());

    // user 1, nice 2, system 3, interrupts 6 and 7, stolen 8
    assertThat(ProcessorTime.busy("cpu  " + columns)).isEqualTo(Duration.ofMillis(270));
  }
}
