package org.rnn4j.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

class SequencesTest {
  /** The example of the class's documentation: lengths 2, 4, 1. */
  private static final Sequences EXAMPLE =
      Sequences.pack(new int[] {20, 21}, new int[] {10, 11, 12, 13}, new int[] {30});

  @Test
  void tokens_lie_step_by_step_longest_sequence_first() {
    assertThat(IntStream.range(0, EXAMPLE.tokens()).map(EXAMPLE::id))
        .containsExactly(10, 20, 30, 11, 21, 12, 13);
    assertThat(EXAMPLE.batch()).isEqualTo(3);
    assertThat(EXAMPLE.tokens()).isEqualTo(7);
    assertThat(EXAMPLE.steps()).isEqualTo(4);
    assertThat(IntStream.range(0, 6).map(EXAMPLE::size)).containsExactly(3, 2, 1, 1, 0, 0);
    assertThat(IntStream.range(0, 5).map(EXAMPLE::offset)).containsExactly(0, 3, 5, 6, 7);
    assertThat(IntStream.range(0, 3).map(EXAMPLE::length)).containsExactly(4, 2, 1);
    assertThat(IntStream.range(0, 3).map(EXAMPLE::original)).containsExactly(1, 0, 2);
  }

  @Test
  void dense_rows_are_packed_the_same_way() {
    double[][][] rows = {{{2.0}, {2.1}}, {{1.0}, {1.1}, {1.2}, {1.3}}, {{3.0}}};

    Tensor packed = EXAMPLE.packRows(DType.FLOAT64, 1, rows);

    assertThat(packed.toArray()).containsExactly(1.0, 2.0, 3.0, 1.1, 2.1, 1.2, 1.3);
    assertThat(EXAMPLE.unpackRows(packed)).isDeepEqualTo(rows);
  }

  @Test
  void equal_lengths_keep_their_order() {
    Sequences sequences = Sequences.ofLengths(2, 3, 2, 3, 0, 2, 0);

    assertThat(IntStream.range(0, 7).map(sequences::original)).containsExactly(1, 3, 0, 2, 5, 4, 6);
  }

  @Test
  void empty_sequences_have_a_place_and_no_token() {
    Sequences sequences = Sequences.pack(new int[0], new int[] {5}, new int[0]);

    assertThat(sequences.batch()).isEqualTo(3);
    assertThat(sequences.tokens()).isEqualTo(1);
    assertThat(IntStream.range(0, 3).map(sequences::length)).containsExactly(1, 0, 0);
    assertThat(IntStream.range(0, 3).map(sequences::original)).containsExactly(1, 0, 2);
    assertThat(sequences.id(0)).isEqualTo(5);
  }

  @Test
  void a_batch_of_nothing_but_empty_sequences_has_no_step() {
    Sequences sequences = Sequences.pack(new int[0], new int[0]);

    assertThat(sequences.batch()).isEqualTo(2);
    assertThat(sequences.tokens()).isZero();
    assertThat(sequences.steps()).isZero();
    assertThat(sequences.size(0)).isZero();
    assertThat(sequences.hasIds()).isTrue();
    assertThat(sequences.unpackRows(Tensor.zeros(DType.FLOAT32, 0, 3))).hasDimensions(2, 0);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void unpacking_is_the_inverse_of_packing(long seed) {
    RandomStream random = new RandomStream(seed);
    int width = Draw.between(random, 1, 4);
    double[][][] rows = new double[Draw.between(random, 1, 30)][][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[random.nextInt(9)][width];
      for (double[] row : rows[i]) {
        Arrays.setAll(row, j -> random.nextDouble());
      }
    }
    int[] lengths = Arrays.stream(rows).mapToInt(sequence -> sequence.length).toArray();
    Sequences sequences = Sequences.ofLengths(lengths);

    Tensor packed = sequences.packRows(DType.FLOAT64, width, rows);

    assertThat(packed.rows()).isEqualTo(Arrays.stream(lengths).sum());
    assertThat(sequences.unpackRows(packed)).isDeepEqualTo(rows);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void every_token_is_found_where_the_layout_says(long seed) {
    RandomStream random = new RandomStream(seed);
    List<int[]> texts = Draw.texts(random, Draw.between(random, 1, 40), 12, 1000);

    Sequences sequences = Sequences.pack(texts);

    int[] seen = new int[texts.size()];
    int tokens = 0;
    for (int row = 0; row < sequences.batch(); row++) {
      int[] text = texts.get(sequences.original(row));
      seen[sequences.original(row)]++;
      assertThat(sequences.length(row)).isEqualTo(text.length);
      for (int t = 0; t < text.length; t++) {
        assertThat(row).isLessThan(sequences.size(t));
        assertThat(sequences.id(sequences.offset(t) + row)).isEqualTo(text[t]);
      }
      assertThat(sequences.size(text.length)).isLessThanOrEqualTo(row);
      tokens += text.length;
    }
    assertThat(seen).containsOnly(1);
    assertThat(sequences.tokens()).isEqualTo(tokens);
    for (int t = 1; t < sequences.steps(); t++) {
      assertThat(sequences.size(t)).isBetween(1, sequences.size(t - 1));
    }
  }

  @Test
  void the_batch_does_not_follow_later_changes_of_the_arrays_given() {
    int[] ids = {1, 2};
    Sequences sequences = Sequences.pack(ids);
    ids[0] = 9;

    assertThat(sequences.id(0)).isEqualTo(1);
  }

  @Test
  void no_sequence_a_negative_length_and_too_many_tokens_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequences.pack(List.of()))
        .withMessage("Expected at least one sequence, got none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequences.ofLengths(2, -1))
        .withMessage("Expected lengths of 0 or more, got [2, -1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sequences.ofLengths(Integer.MAX_VALUE, 1))
        .withMessage("Expected at most 2^31 - 1 tokens, got 2147483648");
  }

  @Test
  void a_layout_alone_has_no_ids() {
    assertThat(Sequences.ofLengths(2).hasIds()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequences.ofLengths(2).id(0))
        .withMessage("Expected a batch packed from token ids, got a layout only");
  }

  @Test
  void rows_that_are_not_of_the_layout_are_refused() {
    Sequences sequences = Sequences.ofLengths(1, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sequences.packRows(DType.FLOAT64, 1, new double[][][] {{{1}}}))
        .withMessage("Expected 2 sequences, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> sequences.packRows(DType.FLOAT64, 1, new double[][][] {{{1}, {2}}, {{3}, {4}}}))
        .withMessage("Expected 1 rows in sequence 0, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> sequences.packRows(DType.FLOAT64, 1, new double[][][] {{{1}}, {{3}, {4, 5}}}))
        .withMessage("Expected rows of width 1, got 2 at time 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sequences.unpackRows(Tensor.zeros(DType.FLOAT32, 4, 2)))
        .withMessage("Expected 3 rows, one a token, got a tensor of shape [4, 2]");
  }
}
