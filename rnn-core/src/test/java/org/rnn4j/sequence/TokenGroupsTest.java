package org.rnn4j.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

class TokenGroupsTest {
  /** Around each digit of the sort: one digit, two, three, the sign bit's neighbour. */
  private static final int[] VOCABULARIES = {
    1, 2, 60, 2047, 2048, 2049, 1 << 22, (1 << 22) + 1, Integer.MAX_VALUE
  };

  static Stream<Arguments> vocabulariesAndSeeds() {
    return IntStream.of(VOCABULARIES)
        .boxed()
        .flatMap(
            vocabulary ->
                LongStream.rangeClosed(1, 10).mapToObj(seed -> Arguments.of(vocabulary, seed)));
  }

  /** What groups are: the packed tokens of each id, written down one after the other. */
  private static TreeMap<Integer, List<Integer>> naive(Sequences sequences) {
    TreeMap<Integer, List<Integer>> groups = new TreeMap<>();
    for (int token = 0; token < sequences.tokens(); token++) {
      groups.computeIfAbsent(sequences.id(token), id -> new ArrayList<>()).add(token);
    }
    return groups;
  }

  private static List<Integer> tokens(TokenGroups groups, int group) {
    return IntStream.range(groups.start(group), groups.start(group + 1))
        .map(groups::token)
        .boxed()
        .toList();
  }

  private static void assertNaive(Sequences sequences) {
    TokenGroups groups = sequences.groups();
    TreeMap<Integer, List<Integer>> expected = naive(sequences);
    assertThat(groups.ids()).containsExactly(expected.keySet().toArray(Integer[]::new));
    assertThat(groups.size()).isEqualTo(expected.size());
    assertThat(groups.start(0)).isZero();
    assertThat(groups.start(groups.size())).isEqualTo(sequences.tokens());
    for (int group = 0; group < groups.size(); group++) {
      assertThat(groups.id(group)).isEqualTo(groups.ids()[group]);
      assertThat(tokens(groups, group))
          .as("tokens of id %d", groups.id(group))
          .isEqualTo(expected.get(groups.id(group)));
    }
  }

  @ParameterizedTest(name = "vocabulary {0}, seed {1}")
  @MethodSource("vocabulariesAndSeeds")
  void groups_are_those_written_down_naively(int vocabulary, long seed) {
    RandomStream random = new RandomStream(seed);
    List<int[]> texts = Draw.texts(random, Draw.between(random, 1, 40), 30, vocabulary);
    // Repeats, which a large vocabulary has none of by chance, and the least and the greatest id.
    int[] few = Draw.ids(random, 5, vocabulary);
    int[] repeated = new int[Draw.between(random, 1, 50)];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = few[random.nextInt(few.length)];
    }
    texts.add(repeated);
    texts.add(new int[] {vocabulary - 1, 0, vocabulary - 1, 0});

    assertNaive(Sequences.pack(texts));
  }

  @Test
  void the_groups_of_a_small_batch_are_those_written_by_hand() {
    // Packed: 7 3 9 | 3 7 | 5000000 | 3
    TokenGroups groups =
        Sequences.pack(new int[] {3, 7}, new int[] {7, 3, 5_000_000, 3}, new int[] {9}).groups();

    assertThat(groups.ids()).containsExactly(3, 7, 9, 5_000_000);
    assertThat(tokens(groups, 0)).containsExactly(1, 3, 6);
    assertThat(tokens(groups, 1)).containsExactly(0, 4);
    assertThat(tokens(groups, 2)).containsExactly(2);
    assertThat(tokens(groups, 3)).containsExactly(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2048, 1 << 22, Integer.MAX_VALUE})
  void one_id_throughout_is_one_group_in_packed_order(int id) {
    TokenGroups groups = Sequences.pack(new int[] {id, id}, new int[] {id, id, id}).groups();

    assertThat(groups.ids()).containsExactly(id);
    assertThat(tokens(groups, 0)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void ids_that_differ_in_one_digit_only_are_told_apart() {
    int[] ids = {1 << 30, 1 << 22, 1 << 11, 1, 0, (1 << 30) + 1, (1 << 22) + 1, (1 << 11) + 1};

    assertNaive(Sequences.pack(ids));
  }

  @Test
  void a_batch_without_tokens_has_no_group() {
    TokenGroups groups = Sequences.pack(new int[0], new int[0]).groups();

    assertThat(groups.size()).isZero();
    assertThat(groups.ids()).isEmpty();
    assertThat(groups.start(0)).isZero();
  }

  @Test
  void groups_are_made_once() {
    Sequences sequences = Sequences.pack(new int[] {4, 2, 4});

    assertThat(sequences.groups()).isSameAs(sequences.groups());
  }

  @Test
  void a_layout_without_ids_has_no_groups() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Sequences.ofLengths(2, 1).groups())
        .withMessage("Expected a batch packed from token ids, got a layout only");
  }
}
