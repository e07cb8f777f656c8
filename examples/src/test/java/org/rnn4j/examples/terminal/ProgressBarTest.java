package org.rnn4j.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class ProgressBarTest {
  private static final long MILLI = 1_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong now = new AtomicLong(7_000 * MILLI);

  @Test
  void a_terminal_shows_share_speed_and_time_left_on_one_line() {
    ProgressBar bar = new ProgressBar(new Terminal(stream, true, 120, false), now::get);

    now.addAndGet(2_000 * MILLI);
    bar.update(new ProgressBar.State(1, 4, 0.5, 30_000, 2, 0.6931, 0.507));

    assertThat(written())
        .isEqualTo(
            "\repoch 1/4 [===============               ] "
                + "loss 0.693  accuracy 50.7 %  15k tokens/s  0:14 left\u001b[K");
  }

  @Test
  void a_terminal_is_drawn_on_at_most_ten_times_a_second_and_left_clean() {
    ProgressBar bar = new ProgressBar(new Terminal(stream, true, 100, true), now::get);

    for (int i = 0; i < 1000; i++) {
      now.addAndGet(MILLI);
      bar.update(new ProgressBar.State(1, 1, i / 1000.0, i, 1, 0.5, 0.5));
    }
    bar.close();

    assertThat(written().chars().filter(c -> c == '\r').count()).isEqualTo(11);
    assertThat(written()).contains("\u001b[32m=").endsWith("\r\u001b[K");
  }

  @Test
  void a_line_is_never_wider_than_the_terminal() {
    for (int columns = 1; columns < 140; columns++) {
      bytes.reset();
      ProgressBar bar = new ProgressBar(new Terminal(stream, true, columns, false), now::get);
      now.addAndGet(2_000 * MILLI);
      bar.update(new ProgressBar.State(10, 100, 0.999, 123_456_789, 2, 12.345, 1));

      assertThat(written().replace("\r", "").replace("\u001b[K", "").length())
          .isLessThan(Math.max(columns, 40));
    }
  }

  @Test
  void a_narrow_terminal_is_told_loss_and_time_left_in_whole() {
    ProgressBar bar = new ProgressBar(new Terminal(stream, true, 60, false), now::get);

    now.addAndGet(2_000 * MILLI);
    bar.update(new ProgressBar.State(10, 40, 0.5, 30_000, 2, 0.6931, 0.507));

    assertThat(written())
        .isEqualTo("\repoch 10/40 [===========            ] loss 0.693  0:07 left\u001b[K");
  }

  @Test
  void the_time_left_is_told_after_three_percent_or_five_seconds() {
    ProgressBar bar = new ProgressBar(new Terminal(stream, true, 60, false), now::get);

    now.addAndGet(4_900 * MILLI);
    bar.update(new ProgressBar.State(1, 10, 0.01, 100, 4.9, 0.7, 0.5));
    assertThat(written()).contains("-:-- left");
    bytes.reset();
    now.addAndGet(100 * MILLI);
    bar.update(new ProgressBar.State(1, 10, 0.03, 200, 5, 0.7, 0.5));
    assertThat(written()).contains("27:42 left");

    bytes.reset();
    ProgressBar quick = new ProgressBar(new Terminal(stream, true, 60, false), now::get);
    now.addAndGet(1_000 * MILLI);
    quick.update(new ProgressBar.State(1, 10, 0.29, 100, 1, 0.7, 0.5));
    assertThat(written()).contains("-:-- left");
    bytes.reset();
    now.addAndGet(200 * MILLI);
    quick.update(new ProgressBar.State(1, 10, 0.3, 110, 1.2, 0.7, 0.5));
    assertThat(written()).contains("0:39 left");
  }

  @Test
  void a_log_gets_a_line_an_epoch_and_one_every_ten_seconds() {
    ProgressBar bar = new ProgressBar(Terminal.plain(stream), now::get);

    for (int epoch = 1; epoch <= 2; epoch++) {
      for (int i = 1; i <= 25; i++) {
        now.addAndGet(500 * MILLI);
        bar.update(new ProgressBar.State(epoch, 2, i / 25.0, 100 * i, 0.5 * i, 0.25, 0.9));
      }
    }
    bar.close();

    assertThat(written())
        .isEqualTo(
            """
            epoch 1/2  80 % loss 0.250  accuracy 90.0 %  200 tokens/s  0:15 left
            epoch 1/2 100 % loss 0.250  accuracy 90.0 %  200 tokens/s  0:13 left
            epoch 2/2  80 % loss 0.250  accuracy 90.0 %  200 tokens/s  0:03 left
            epoch 2/2 100 % loss 0.250  accuracy 90.0 %  200 tokens/s  0:00 left
            """);
  }

  @Test
  void colour_needs_a_terminal_and_the_absence_of_no_color() {
    assertThat(Terminal.detect(stream, Map.of()).interactive()).isFalse();
    System.setProperty("rnn.examples.terminal", "true");
    System.setProperty("rnn.examples.columns", "120");
    try {
      assertThat(Terminal.detect(stream, Map.of("TERM", "xterm")))
          .isEqualTo(new Terminal(stream, true, 120, true));
      assertThat(Terminal.detect(stream, Map.of("TERM", "dumb")).colour()).isFalse();
      assertThat(Terminal.detect(stream, Map.of("NO_COLOR", "1")).colour()).isFalse();
      assertThat(Terminal.detect(stream, Map.of("NO_COLOR", "")).colour()).isTrue();
    } finally {
      System.clearProperty("rnn.examples.terminal");
      System.clearProperty("rnn.examples.columns");
    }
  }

  private String written() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
