package org.rnn4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.bench.compare.Comparison.Effort;

class ComparisonTest {
  private static final Row ROW =
      Rows.all().stream()
          .filter(row -> row.title().equals("train twitter-lstm, 2 threads"))
          .findFirst()
          .orElseThrow();

  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();

  /** Starts fake workers: how each behaves, by peer; others cannot be started at all. */
  private Comparison comparison(Map<Peer, List<String>> behaviours) {
    Launcher launcher =
        new Launcher() {
          @Override
          public List<String> worker(Peer peer) throws PeerException {
            List<String> behaviour = behaviours.get(peer);
            if (behaviour == null) {
              throw new PeerException("no Python with its packages");
            }
            List<String> command = new ArrayList<>();
            command.add(System.getProperty("java.home") + "/bin/java");
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add(FakeWorker.class.getName());
            command.addAll(behaviour);
            return command;
          }

          @Override
          public List<String> firstPrediction(Peer peer, Path file, int length) {
            throw new UnsupportedOperationException();
          }

          @Override
          public Map<String, String> environment(Peer peer, int threads) {
            return Map.of();
          }
        };
    Effort effort = new Effort(3, 1, 10, 60, Duration.ZERO, new Warmup(0, 0), new Warmup(0, 0));
    return new Comparison(launcher, effort, folder, progress::add);
  }

  @Test
  void a_peer_that_fails_to_start_is_named_as_missing_with_its_last_words() {
    Comparison.Presence presence =
        comparison(Map.of(Peer.RNN4J, List.of("good", "0.1"), Peer.TORCH, List.of("absent", "1")))
            .probe(EnumSet.of(Peer.RNN4J, Peer.TORCH, Peer.KERAS));

    assertThat(presence.versions()).containsExactly(Map.entry(Peer.RNN4J, "1.2.3"));
    assertThat(presence.missing())
        .containsOnly(
            Map.entry(Peer.TORCH, "ModuleNotFoundError: No module named 'fake'"),
            Map.entry(Peer.KERAS, "no Python with its packages"));
    assertThat(progress).contains("missing: PyTorch: ModuleNotFoundError: No module named 'fake'");
  }

  @Test
  void all_do_as_many_steps_as_the_fastest_needs_to_fill_a_round() {
    Outcome outcome =
        comparison(Map.of(Peer.RNN4J, List.of("good", "0.1"), Peer.TORCH, List.of("good", "0.2")))
            .measure(ROW, EnumSet.of(Peer.RNN4J, Peer.TORCH));

    assertThat(outcome.steps()).isEqualTo(10);
    assertThat(outcome.series()).hasSize(2).allMatch(Series::isComplete);
    assertThat(outcome.ours().orElseThrow().thousandTokensPerSecond().orElseThrow().median())
        .isEqualTo(10);
    assertThat(outcome.series().get(1).rounds()).isEqualTo(3);
    assertThat(outcome.series().get(1).peakBytes()).hasValue(5e6);
  }

  @Test
  void a_peer_that_is_very_slow_does_fewer_steps() {
    Outcome outcome =
        comparison(Map.of(Peer.RNN4J, List.of("good", "0.1"), Peer.TORCH, List.of("good", "4")))
            .measure(ROW, EnumSet.of(Peer.RNN4J, Peer.TORCH));

    assertThat(outcome.series().get(1).each("steps").orElseThrow().median()).isEqualTo(2);
  }

  @Test
  void a_peer_that_fails_in_a_row_does_not_stop_the_others() {
    Outcome outcome =
        comparison(Map.of(Peer.RNN4J, List.of("good", "0.1"), Peer.TORCH, List.of("weak", "1")))
            .measure(ROW, EnumSet.of(Peer.RNN4J, Peer.TORCH));

    assertThat(outcome.ours().orElseThrow().isComplete()).isTrue();
    assertThat(outcome.series().get(1).failure()).isEqualTo("out of memory");
    assertThat(new Report(Map.of(), Map.of(), 3).write(List.of(outcome)))
        .contains("PyTorch in train twitter-lstm, 2 threads failed: out of memory");
  }
}
