package org.rnn4j.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

class BatcherTest {
  static LongStream seeds() {
    return LongStream.rangeClosed(1, 30);
  }

  private static List<Example> examples(RandomStream random, int count) {
    return Draw.examples(random, count, 30, 10, 2);
  }

  private static void requireEveryIndexOnce(List<int[]> batches, int examples, int batchSize) {
    assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .containsExactly(IntStream.range(0, examples).toArray());
    int whole = examples / batchSize;
    assertThat(batches.stream().filter(batch -> batch.length == batchSize)).hasSize(whole);
    assertThat(batches).hasSize(examples % batchSize == 0 ? whole : whole + 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_example_stands_in_one_batch_and_one_batch_at_most_is_smaller(long seed) {
    RandomStream random = new RandomStream(seed);
    int count = Draw.between(random, 0, 2000);
    int batchSize = Draw.oneOf(random, 1, 2, 7, 32, 3000);
    List<Example> examples = examples(random, count);
    Batcher batcher = new Batcher(batchSize);

    requireEveryIndexOnce(batcher.shuffled(examples, random), count, batchSize);
    requireEveryIndexOnce(batcher.sorted(examples), count, batchSize);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lengths_within_a_batch_are_close(long seed) {
    RandomStream random = new RandomStream(seed);
    int batchSize = 8;
    List<Example> examples = examples(random, 64 * batchSize - 3);

    List<int[]> batches = new Batcher(batchSize).shuffled(examples, random);

    // One pool holds them all, so that batches split the sorted lengths between them.
    List<int[]> ranges =
        batches.stream()
            .map(batch -> IntStream.of(batch).map(i -> examples.get(i).ids().length))
            .map(lengths -> lengths.summaryStatistics())
            .map(lengths -> new int[] {lengths.getMin(), lengths.getMax()})
            .sorted((a, b) -> a[0] != b[0] ? a[0] - b[0] : a[1] - b[1])
            .toList();
    for (int i = 1; i < ranges.size(); i++) {
      assertThat(ranges.get(i - 1)[1]).isLessThanOrEqualTo(ranges.get(i)[0]);
    }
  }

  @Test
  void many_pools_still_make_batches_of_close_lengths() {
    RandomStream random = new RandomStream(1);
    List<Example> examples = examples(random, 10_000);

    List<int[]> batches = new Batcher(16).shuffled(examples, random);

    int spread = 0;
    for (int[] batch : batches) {
      int[] lengths = IntStream.of(batch).map(i -> examples.get(i).ids().length).toArray();
      spread += Arrays.stream(lengths).max().orElseThrow();
      spread -= Arrays.stream(lengths).min().orElseThrow();
    }
    // Batches drawn blindly from lengths 0 to 30 would spread over some 27.
    assertThat((double) spread / batches.size()).isLessThan(1);
  }

  @Test
  void the_same_seed_gives_the_same_batches_and_another_does_not() {
    List<Example> examples = examples(new RandomStream(1), 500);
    Batcher batcher = new Batcher(16);

    List<int[]> first = batcher.shuffled(examples, new RandomStream(5));
    List<int[]> again = batcher.shuffled(examples, new RandomStream(5));
    List<int[]> other = batcher.shuffled(examples, new RandomStream(6));

    assertThat(again.toArray(int[][]::new)).isDeepEqualTo(first.toArray(int[][]::new));
    assertThat(Arrays.deepEquals(other.toArray(), first.toArray())).isFalse();
  }

  @Test
  void no_example_keeps_the_same_company() {
    List<Example> examples = examples(new RandomStream(1), 3000);
    Batcher batcher = new Batcher(16);

    Set<Set<Integer>> first = companies(batcher.shuffled(examples, new RandomStream(1)));
    Set<Set<Integer>> second = companies(batcher.shuffled(examples, new RandomStream(2)));

    second.retainAll(first);
    assertThat(second).isEmpty();
  }

  private static Set<Set<Integer>> companies(List<int[]> batches) {
    return batches.stream()
        .filter(batch -> batch.length > 1)
        .map(batch -> IntStream.of(batch).boxed().collect(Collectors.toSet()))
        .collect(Collectors.toSet());
  }

  @Test
  void long_and_short_batches_come_in_random_order() {
    List<Example> examples = examples(new RandomStream(1), 640);
    List<int[]> batches = new Batcher(10).shuffled(examples, new RandomStream(1));
    int rises = 0;
    for (int i = 1; i < batches.size(); i++) {
      int before = examples.get(batches.get(i - 1)[0]).ids().length;
      rises += examples.get(batches.get(i)[0]).ids().length > before ? 1 : 0;
    }

    assertThat(rises).isBetween(20, 43);
  }

  @Test
  void sorted_batches_go_from_long_to_short_and_equal_lengths_keep_their_order() {
    List<Example> examples =
        IntStream.of(1, 3, 2, 3, 0, 2).mapToObj(n -> new Example(new int[n], 0)).toList();

    assertThat(new Batcher(4).sorted(examples).toArray(int[][]::new))
        .isDeepEqualTo(new int[][] {{1, 3, 2, 5}, {0, 4}});
  }

  @Test
  void a_batch_may_be_larger_than_any_set() {
    List<Example> examples = examples(new RandomStream(1), 50);
    Batcher batcher = new Batcher(Integer.MAX_VALUE);

    requireEveryIndexOnce(batcher.shuffled(examples, new RandomStream(1)), 50, Integer.MAX_VALUE);
    requireEveryIndexOnce(batcher.sorted(examples), 50, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void a_batch_size_that_is_not_positive_is_refused(int batchSize) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batcher(batchSize))
        .withMessage("Expected batchSize of 1 or more, got " + batchSize);
  }

  @Test
  void a_negative_label_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Example(new int[0], -1))
        .withMessage("Expected a label of 0 or more, got -1");
  }

  @Test
  void a_batch_holds_labels_in_the_order_of_its_examples() {
    Batch batch =
        Batch.of(List.of(new Example(new int[] {1}, 7), new Example(new int[] {2, 3}, 8)));

    assertThat(batch.labels()).containsExactly(7, 8);
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.sequences().original(0)).isEqualTo(1);
  }

  @Test
  void sorted_batches_of_long_texts_end_early_and_lose_none() {
    List<Example> examples =
        IntStream.of(10, 20_000, 40_000, 15_000, 10)
            .mapToObj(n -> new Example(new int[n], 0))
            .toList();

    assertThat(new Batcher(4).sorted(examples).toArray(int[][]::new))
        .isDeepEqualTo(new int[][] {{2}, {1, 3}, {0, 4}});
  }

  @ParameterizedTest(name = "{0} examples")
  @ValueSource(ints = {0, 1, 15, 16, 17, 64 * 16, 64 * 16 + 1, 5000})
  void the_number_of_shuffled_batches_is_known_beforehand(int count) {
    List<Example> examples = examples(new RandomStream(1), count);
    Batcher batcher = new Batcher(16);

    assertThat(batcher.shuffled(examples, new RandomStream(2))).hasSize(batcher.batches(count));
  }
}
