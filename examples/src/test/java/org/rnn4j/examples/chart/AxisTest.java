package org.rnn4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.examples.testing.RunsOnce;
import org.rnn4j.tensor.RandomStream;

@RunsOnce
class AxisTest {

  @Test
  void ticks_are_round_numbers_with_as_many_decimals_as_they_need() {
    assertThat(labels(Axis.fromZero("", DoubleStream.of(0.69)), 5))
        .containsExactly("0.0", "0.2", "0.4", "0.6");
    assertThat(labels(Axis.numbers("", DoubleStream.of(12_000, 48_000)), 5))
        .containsExactly("20,000", "30,000", "40,000");
    assertThat(labels(Axis.shares("", 0, 1), 6))
        .containsExactly("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
    assertThat(labels(Axis.shares("", 0.871, 0.878), 4))
        .containsExactly("87.2 %", "87.4 %", "87.6 %", "87.8 %");
    assertThat(labels(Axis.whole("", 1, 3), 9)).containsExactly("1", "2", "3");
    assertThat(labels(Axis.logarithms("", DoubleStream.of(1e-4, 1e-1)), 5))
        .containsExactly("0.0001", "0.001", "0.01", "0.1");
    assertThat(labels(Axis.names("", List.of("b", "a")), 1)).containsExactly("b", "a");
  }

  @Test
  void negative_numbers_and_zero_are_written_as_such() {
    assertThat(labels(Axis.numbers("", DoubleStream.of(-1, 1)), 5))
        .containsExactly("-1.0", "-0.5", "0.0", "0.5", "1.0");
  }

  static Stream<DoubleStream> awkward() {
    return Stream.of(
        DoubleStream.empty(),
        DoubleStream.of(Double.NaN),
        DoubleStream.of(0),
        DoubleStream.of(0.5, 0.5),
        DoubleStream.of(1e-300),
        DoubleStream.of(-1e12, 1e12),
        DoubleStream.of(3, Double.POSITIVE_INFINITY));
  }

  @ParameterizedTest
  @MethodSource("awkward")
  void every_set_of_values_has_an_axis(DoubleStream values) {
    Axis axis = Axis.numbers("", values);

    assertThat(axis.ticks(5)).hasSizeBetween(1, 5);
    assertThat(axis.ticks(5)).allMatch(tick -> axis.spans(tick.value()));
  }

  @Test
  void ticks_are_never_more_than_asked_for_and_rise() {
    for (long seed = 1; seed <= 200; seed++) {
      RandomStream random = new RandomStream(seed);
      double low = 100 * random.nextDouble() - 50;
      double high = low + StrictMath.pow(10, 6 * random.nextDouble() - 3);
      Axis axis = Axis.numbers("", DoubleStream.of(low, high));
      for (int most = 2; most < 10; most++) {
        List<Axis.Tick> ticks = axis.ticks(most);
        assertThat(ticks).as("seed %d", seed).hasSizeBetween(1, most);
        assertThat(ticks).as("seed %d", seed).allMatch(tick -> axis.spans(tick.value()));
        assertThat(ticks.stream().map(Axis.Tick::label))
            .as("seed %d", seed)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void digits_are_the_same_on_every_java() {
    // What Double.toString gives for this number changed with Java 19.
    assertThat(Digits.significant(2.0E-3, 3)).isEqualTo("0.002");
    assertThat(Digits.significant(2.2250738585072014E-308, 3)).isEqualTo("2.23e-308");
    assertThat(Digits.significant(1_234_567, 3)).isEqualTo("1,230,000");
    assertThat(Digits.significant(12_345_678_900.0, 2)).isEqualTo("1.2e10");
    assertThat(Digits.fixed(1_234_567.891, 1)).isEqualTo("1,234,567.9");
    assertThat(Digits.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Digits.count(-999)).isEqualTo("-999");
    assertThat(Digits.fixed(-1_234.5, 0)).isEqualTo("-1,235");
    assertThat(Digits.fixed(-0.0001, 2)).isEqualTo("0.00");
    assertThat(Digits.fixed(0.1 + 0.2, 1)).isEqualTo("0.3");
    assertThat(Digits.fixed(Double.NaN, 1)).isEqualTo("undefined");
    assertThat(Digits.percent(0.8771, 1)).isEqualTo("87.7 %");
    assertThat(Digits.probability(0.0305)).isEqualTo("0.031");
    assertThat(Digits.probability(0.001)).isEqualTo("0.001");
    assertThat(Digits.probability(0.00099)).isEqualTo("< 0.001");
  }

  private static List<String> labels(Axis axis, int most) {
    return axis.ticks(most).stream().map(Axis.Tick::label).toList();
  }
}
