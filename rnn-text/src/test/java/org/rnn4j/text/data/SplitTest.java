package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.data.Overlap.Shared;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class SplitTest {
  private static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  /** Numbered texts of some classes, in mixed order, in groups of 1 to 12. */
  private static LabelledTexts texts(int size, int classes, long seed) {
    RandomStream random = new RandomStream(seed).derive("texts");
    List<LabelledText> examples = new ArrayList<>();
    int group = 0;
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (left-- == 0) {
        group++;
        left = random.nextInt(12);
      }
      examples.add(new LabelledText("text " + i, "c" + random.nextInt(classes), "g" + group));
    }
    return LabelledTexts.of(examples, IntStream.range(0, classes).mapToObj(c -> "c" + c).toList());
  }

  private static List<LabelledTexts> parts(Split split) {
    return List.of(split.train(), split.validation(), split.test());
  }

  private static void assertPartitions(LabelledTexts whole, Split split) {
    List<LabelledText> all = new ArrayList<>();
    for (LabelledTexts part : parts(split)) {
      assertThat(part.labels()).isEqualTo(whole.labels());
      assertThat(part.examples()).map(SplitTest::number).isSorted();
      all.addAll(part.examples());
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(whole.examples());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_stratified_split_is_exact_within_one_text_of_each_class(long seed) {
    RandomStream random = new RandomStream(seed);
    int classes = 1 + random.nextInt(5);
    LabelledTexts texts = texts(50 + random.nextInt(500), classes, seed);
    double validationShare = 0.05 + 0.4 * random.nextDouble();
    double testShare = seed % 3 == 0 ? 0 : 0.05 + 0.4 * random.nextDouble();
    Split split = Split.stratified(texts, validationShare, testShare, seed);
    assertPartitions(texts, split);
    double[] shares = {1 - validationShare - testShare, validationShare, testShare};
    for (int part = 0; part < 3; part++) {
      for (String label : texts.labels()) {
        double exact = shares[part] * texts.counts().get(label);
        int count = parts(split).get(part).counts().get(label);
        assertThat((double) count)
            .as("%s in part %d", label, part)
            .isCloseTo(exact, within(0.999_999_9));
      }
      assertThat((double) parts(split).get(part).size())
          .isCloseTo(shares[part] * texts.size(), within(2.0));
    }
  }

  @Test
  void whole_shares_are_met_to_the_text() {
    LabelledTexts texts =
        LabelledTexts.of(
            IntStream.range(0, 1000)
                .mapToObj(i -> new LabelledText("text " + i, i % 4 == 0 ? "1" : "0"))
                .toList());
    Split split = Split.stratified(texts, 0.3, 0.1, 7);
    assertThat(split.train().counts()).containsEntry("0", 450).containsEntry("1", 150);
    assertThat(split.validation().counts()).containsEntry("0", 225).containsEntry("1", 75);
    assertThat(split.test().counts()).containsEntry("0", 75).containsEntry("1", 25);
  }

  @Test
  void odd_classes_share_the_rounding() {
    LabelledTexts texts =
        LabelledTexts.of(
            IntStream.range(0, 20)
                .mapToObj(i -> new LabelledText("text " + i, i < 15 ? "0" : "1"))
                .toList());
    // 1.5 and 0.5 texts for the validation part: 2 in all, not 2 + 1 or 1 + 0.
    assertThat(Split.stratified(texts, 0.1, 0, 1).validation().size()).isEqualTo(2);
  }

  @Test
  void the_seed_alone_decides() {
    LabelledTexts texts = texts(400, 2, 1);
    assertThat(Split.stratified(texts, 0.2, 0.1, 5))
        .isEqualTo(Split.stratified(texts, 0.2, 0.1, 5));
    assertThat(Split.stratified(texts, 0.2, 0.1, 5).validation())
        .isNotEqualTo(Split.stratified(texts, 0.2, 0.1, 6).validation());
    assertThat(Split.grouped(texts, 0.2, 0.1, 5)).isEqualTo(Split.grouped(texts, 0.2, 0.1, 5));
    assertThat(Split.grouped(texts, 0.2, 0.1, 5).validation())
        .isNotEqualTo(Split.grouped(texts, 0.2, 0.1, 6).validation());
  }

  @Test
  void every_text_has_its_chance_of_validation() {
    LabelledTexts texts = texts(100, 2, 3);
    int[] stratified = new int[100];
    int[] grouped = new int[100];
    for (long seed = 0; seed < 400; seed++) {
      Split.stratified(texts, 0.25, 0, seed)
          .validation()
          .forEach(example -> stratified[number(example)]++);
      Split.grouped(texts, 0.25, 0, seed)
          .validation()
          .forEach(example -> grouped[number(example)]++);
    }
    // 100 of 400 are expected, with a deviation of 8.7.
    assertThat(IntStream.of(stratified)).allMatch(count -> count > 60 && count < 140);
    assertThat(IntStream.of(grouped)).allMatch(count -> count > 20 && count < 220);
  }

  private static int number(LabelledText example) {
    return Integer.parseInt(example.text().substring(5));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_grouped_split_parts_no_group_and_meets_the_shares(long seed) {
    RandomStream random = new RandomStream(seed);
    LabelledTexts texts = texts(800 + random.nextInt(800), 1 + random.nextInt(3), seed);
    double testShare = seed % 2 == 0 ? 0 : 0.1;
    Split split = Split.grouped(texts, 0.15, testShare, seed);
    assertPartitions(texts, split);
    Set<String> seen = new HashSet<>();
    for (LabelledTexts part : parts(split)) {
      Set<String> groups = new HashSet<>();
      part.forEach(example -> groups.add(example.group()));
      assertThat(groups).noneMatch(group -> !seen.add(group));
    }
    double[] shares = {0.85 - testShare, 0.15, testShare};
    for (int part = 0; part < 3; part++) {
      LabelledTexts current = parts(split).get(part);
      assertThat((double) current.size()).isCloseTo(shares[part] * texts.size(), within(4.0));
      for (String label : texts.labels()) {
        assertThat((double) current.counts().get(label))
            .isCloseTo(shares[part] * texts.counts().get(label), within(8.0));
      }
    }
  }

  @Test
  void large_and_small_groups_are_equally_likely_in_every_part() {
    List<LabelledText> examples = new ArrayList<>();
    for (int group = 0; group < 300; group++) {
      for (int i = 0; i <= group % 30; i++) {
        examples.add(new LabelledText("text " + examples.size(), "" + i % 2, "group " + group));
      }
    }
    LabelledTexts texts = LabelledTexts.of(examples);
    double reviews = 0;
    double groups = 0;
    for (long seed = 0; seed < 100; seed++) {
      LabelledTexts validation = Split.grouped(texts, 0.1, 0, seed).validation();
      reviews += validation.size();
      groups += validation.examples().stream().map(LabelledText::group).distinct().count();
    }
    // 15.5 texts a group in all; a part filled with what fits best would hold groups of about 5.
    assertThat(reviews / groups).isCloseTo(15.5, within(1.5));
  }

  @Test
  void groups_too_large_for_a_part_still_give_it_one() {
    List<LabelledText> examples = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      examples.add(new LabelledText("text " + i, "" + i % 2, i < 60 ? "large" : "small"));
    }
    Split split = Split.grouped(LabelledTexts.of(examples), 0.05, 0, 1);
    assertThat(split.train().size()).isEqualTo(60);
    assertThat(split.validation().size()).isEqualTo(40);
  }

  @Test
  void a_share_of_0_gives_an_empty_part() {
    LabelledTexts texts = texts(10, 2, 1);
    Split split = Split.stratified(texts, 0, 0, 1);
    assertThat(split.train()).isEqualTo(texts);
    assertThat(split.validation().isEmpty()).isTrue();
    assertThat(split.test().isEmpty()).isTrue();
    assertThat(Split.grouped(texts, 0, 0, 1).train()).isEqualTo(texts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1    | 0   | Expected a validationShare from 0 to below 1, got 1.0
          -0.1 | 0   | Expected a validationShare from 0 to below 1, got -0.1
          NaN  | 0   | Expected a validationShare from 0 to below 1, got NaN
          0    | 1.5 | Expected a testShare from 0 to below 1, got 1.5
          0.5  | 0.5 | Expected validationShare and testShare to leave texts for training, got 0.5 and 0.5
          """)
  void impossible_shares_are_refused(double validationShare, double testShare, String message) {
    LabelledTexts texts = texts(100, 2, 1);
    assertThatThrownBy(() -> Split.stratified(texts, validationShare, testShare, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Split.grouped(texts, validationShare, testShare, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void too_few_texts_or_groups_for_the_parts_are_refused() {
    LabelledTexts two =
        LabelledTexts.of(
            List.of(new LabelledText("a", "0", "same"), new LabelledText("b", "1", "same")));
    assertThatThrownBy(() -> Split.stratified(two, 0.1, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("expected enough texts for a validation part of share 0.1, got 2 texts");
    assertThatThrownBy(() -> Split.grouped(two, 0.1, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("expected at least 2 groups for as many parts, got 1");
    LabelledTexts none = LabelledTexts.of(List.of());
    assertThatThrownBy(() -> Split.stratified(none, 0, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("expected enough texts for a training part of share 1.0, got 0 texts");
  }

  @Test
  void a_text_without_a_group_is_refused() {
    LabelledTexts texts =
        LabelledTexts.of(List.of(new LabelledText("a", "0", "g"), new LabelledText("b", "1")));
    assertThatThrownBy(() -> Split.grouped(texts, 0.5, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("expected a group for every text, got none for text 2");
  }

  @Test
  void parts_agree_on_the_labels() {
    LabelledTexts binary = LabelledTexts.of(List.of(), List.of("0", "1"));
    LabelledTexts other = LabelledTexts.of(List.of(), List.of("1", "0"));
    assertThatThrownBy(() -> new Split(binary, other, binary))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected parts of the same labels, got train [0, 1], validation [1, 0], test [0, 1]");
  }

  @Test
  void texts_in_two_parts_are_reported() {
    Split split =
        new Split(
            part("0 A  good\tfilm", "1 fine", "0 fine"),
            part("0 a good<br />film ", "0 a good film", "0 alone", "0 alone"),
            part("0 ＦＩＮＥ", "1 alone", "1 new"));
    Overlap overlap = split.overlap();
    assertThat(overlap.shared())
        .containsExactly(
            new Shared("a good film", 1, 2, 0, false),
            new Shared("fine", 2, 0, 1, true),
            new Shared("alone", 0, 2, 1, true));
    assertThat(overlap.validationRowsInTrain()).isEqualTo(2);
    assertThat(overlap.testRowsInTrain()).isEqualTo(1);
    assertThat(overlap.testRowsInValidation()).isEqualTo(1);
    assertThat(overlap.isEmpty()).isFalse();
    assertThat(overlap)
        .hasToString(
            "3 texts stand in two parts or more (2 validation rows in train, 1 test rows in train,"
                + " 1 test rows in validation)");
  }

  @Test
  void parts_without_common_texts_do_not_overlap() {
    assertThat(Split.stratified(texts(100, 2, 1), 0.2, 0.2, 1).overlap().isEmpty()).isTrue();
  }

  private static LabelledTexts part(String... labelsAndTexts) {
    List<LabelledText> examples = new ArrayList<>();
    for (String example : labelsAndTexts) {
      examples.add(new LabelledText(example.substring(2), example.substring(0, 1)));
    }
    return LabelledTexts.of(examples, List.of("0", "1"));
  }
}
