package org.rnn4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.testing.RunsOnce;

/** Known answers, and statistics whose bounds hold for the seeds written here. */
@RunsOnce
class RandomStreamTest {
  @Test
  void the_bits_are_those_of_splitmix64() {
    RandomStream random = new RandomStream(1234567);

    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("9817491932198370423");
    assertThat(random.nextLong()).isEqualTo(4593380528125082431L);
    assertThat(Long.toUnsignedString(random.nextLong())).isEqualTo("16408922859458223821");
    assertThat(new RandomStream(0).nextLong()).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(random.seed()).isEqualTo(1234567);
  }

  @ParameterizedTest(name = "bound {0}")
  @ValueSource(ints = {2, 3, 10, 16, 100})
  void whole_numbers_are_uniform(int bound) {
    RandomStream random = new RandomStream(bound);
    int draws = 1000 * bound;
    int[] counts = new int[bound];
    for (int i = 0; i < draws; i++) {
      counts[random.nextInt(bound)]++;
    }

    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    double freedom = bound - 1;
    assertThat(chiSquare).isBetween(0.0, freedom + 4 * Math.sqrt(2 * freedom));
  }

  @Test
  void no_remainder_of_a_division_leans_towards_small_numbers() {
    RandomStream random = new RandomStream(5);
    int bound = 3 << 29;
    int small = 0;
    for (int i = 0; i < 10_000; i++) {
      small += random.nextInt(bound) < bound / 3 * 2 ? 1 : 0;
    }

    // 32 bits modulo the bound would give three quarters.
    assertThat(small / 10_000.0).isCloseTo(2 / 3.0, within(0.02));
  }

  @Test
  void a_bound_of_one_gives_zero_and_the_greatest_bound_stays_below_itself() {
    RandomStream random = new RandomStream(1);

    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextInt(1)).isZero();
      assertThat(random.nextInt(Integer.MAX_VALUE)).isBetween(0, Integer.MAX_VALUE - 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void a_bound_that_is_not_positive_is_refused(int bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RandomStream(1).nextInt(bound))
        .withMessage("Expected a bound of 1 or more, got " + bound);
  }

  @Test
  void fractions_are_uniform_from_zero_to_less_than_one() {
    RandomStream random = new RandomStream(2);
    double sum = 0;
    double squares = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      double x = random.nextDouble();
      float single = random.nextFloat();
      assertThat(x >= 0 && x < 1 && single >= 0 && single < 1).isTrue();
      sum += x + single;
      squares += x * x + single * single;
    }

    assertThat(sum / (2 * draws)).isCloseTo(0.5, within(0.003));
    assertThat(squares / (2 * draws)).isCloseTo(1.0 / 3, within(0.003));
  }

  @Test
  void normal_numbers_have_mean_zero_deviation_one_and_thin_tails() {
    RandomStream random = new RandomStream(3);
    double sum = 0;
    double squares = 0;
    double fourths = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
      fourths += x * x * x * x;
    }

    assertThat(sum / draws).isCloseTo(0, within(0.01));
    assertThat(squares / draws).isCloseTo(1, within(0.02));
    assertThat(fourths / draws).isCloseTo(3, within(0.15));
  }

  @Test
  void a_derived_stream_depends_on_seed_and_label_and_not_on_what_was_drawn() {
    RandomStream random = new RandomStream(4);
    long byLabel = random.derive("gru").nextLong();
    long byIndex = random.derive(3).nextLong();

    random.nextGaussian();
    random.nextLong();

    assertThat(random.derive("gru").nextLong()).isEqualTo(byLabel);
    assertThat(random.derive(3).nextLong()).isEqualTo(byIndex);
    assertThat(new RandomStream(5).derive("gru").nextLong()).isNotEqualTo(byLabel);
    assertThat(new RandomStream(5).derive(3).nextLong()).isNotEqualTo(byIndex);
  }

  @Test
  void deriving_draws_nothing() {
    RandomStream random = new RandomStream(6);
    random.derive("a");
    random.derive(1);

    assertThat(random.nextLong()).isEqualTo(new RandomStream(6).nextLong());
  }

  @Test
  void streams_of_a_thousand_names_and_numbers_all_start_differently() {
    RandomStream random = new RandomStream(7);
    Set<Long> first = new HashSet<>();
    first.add(random.nextLong());
    for (int i = 0; i < 1000; i++) {
      first.add(random.derive(i).nextLong());
      first.add(random.derive("layer_" + i).nextLong());
      first.add(random.derive("layer_" + i).derive(i).nextLong());
    }

    assertThat(first).hasSize(3001);
  }

  @Test
  void neighbouring_streams_are_not_correlated() {
    RandomStream random = new RandomStream(8);
    RandomStream[] streams = {
      random, random.derive(0), random.derive(1), random.derive("a"), random.derive("b")
    };
    int draws = 20_000;
    double[][] values = new double[streams.length][];
    for (int k = 0; k < streams.length; k++) {
      RandomStream stream = streams[k];
      values[k] = IntStream.range(0, draws).mapToDouble(i -> stream.nextDouble() - 0.5).toArray();
    }

    for (int a = 0; a < streams.length; a++) {
      for (int b = a + 1; b < streams.length; b++) {
        double product = 0;
        for (int i = 0; i < draws; i++) {
          product += values[a][i] * values[b][i];
        }
        // Deviation of a correlation of independent streams: 1 / √draws, some 0.007.
        assertThat(12 * product / draws).as("%d and %d", a, b).isCloseTo(0, within(0.03));
      }
    }
  }

  @Test
  void every_order_of_a_shuffle_is_equally_likely() {
    RandomStream random = new RandomStream(9);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 24_000; i++) {
      int[] values = {1, 2, 3, 4};
      random.shuffle(values);
      counts.merge(Arrays.toString(values), 1, Integer::sum);
    }

    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allMatch(count -> Math.abs(count - 1000) < 130);
  }
}
