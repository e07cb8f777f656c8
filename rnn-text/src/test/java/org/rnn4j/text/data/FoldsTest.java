package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class FoldsTest {
  private static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Numbered texts of the given classes. */
  private static LabelledTexts texts(List<String> classes) {
    return LabelledTexts.of(
        IntStream.range(0, classes.size())
            .mapToObj(i -> new LabelledText("text " + i, classes.get(i)))
            .toList());
  }

  private static LabelledTexts texts(String classes) {
    return texts(classes.chars().mapToObj(Character::toString).toList());
  }

  /** Texts of classes drawn at random, in groups of 1 to {@code largest}. */
  private static LabelledTexts groups(int size, int classes, int largest, long seed) {
    RandomStream random = new RandomStream(seed).derive("groups");
    List<LabelledText> examples = new ArrayList<>();
    int group = 0;
    int left = 0;
    for (int i = 0; i < size; i++) {
      if (left-- == 0) {
        group++;
        left = random.nextInt(largest);
      }
      examples.add(new LabelledText("text " + i, "c" + random.nextInt(classes), "g" + group));
    }
    return LabelledTexts.of(examples);
  }

  private static void assertPartsOf(LabelledTexts whole, Fold fold) {
    Set<Integer> heldOut = new HashSet<>(fold.heldOutRows());
    int[] rest = IntStream.range(0, whole.size()).filter(i -> !heldOut.contains(i)).toArray();
    assertThat(fold.heldOutRows()).isSorted();
    assertThat(fold.heldOut())
        .isEqualTo(whole.select(fold.heldOutRows().stream().mapToInt(i -> i).toArray()));
    assertThat(fold.train()).isEqualTo(whole.select(rest));
  }

  private static void assertEachTextIsHeldOutOnce(LabelledTexts whole, List<Fold> repeat) {
    assertThat(repeat.stream().flatMap(fold -> fold.heldOutRows().stream()).sorted().toList())
        .isEqualTo(IntStream.range(0, whole.size()).boxed().toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void classes_and_sizes_of_stratified_folds_are_even_within_one_text(long seed) {
    RandomStream random = new RandomStream(seed);
    int count = 2 + random.nextInt(9);
    List<String> classes = new ArrayList<>();
    int labels = 1 + random.nextInt(5);
    for (int label = 0; label < labels; label++) {
      classes.addAll(Collections.nCopies(count + random.nextInt(50), "c" + label));
    }
    LabelledTexts texts = texts(classes);

    List<Fold> folds = Folds.stratified(count).of(texts, seed);

    assertThat(folds).hasSize(count).allSatisfy(fold -> assertPartsOf(texts, fold));
    assertEachTextIsHeldOutOnce(texts, folds);
    texts
        .counts()
        .forEach(
            (label, total) ->
                assertThat(folds)
                    .extracting(fold -> fold.heldOut().counts().get(label))
                    .allMatch(
                        held -> held == total / count || held == -Math.floorDiv(-total, count)));
    assertThat(folds)
        .extracting(fold -> fold.heldOut().size())
        .allMatch(s -> s == texts.size() / count || s == -Math.floorDiv(-texts.size(), count));
  }

  @Test
  void stratified_folds_are_balanced_as_those_of_scikit_learn() throws IOException {
    List<?> cases;
    try (InputStream stream =
        Objects.requireNonNull(FoldsTest.class.getResourceAsStream("stratified_folds.json"))) {
      String json = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      cases = (List<?>) Objects.requireNonNull(Json.parse(json));
    }
    assertThat(cases).hasSize(40);
    for (Object value : cases) {
      Map<?, ?> golden = (Map<?, ?>) value;
      LabelledTexts texts = texts((String) golden.get("labels"));
      int count = Math.toIntExact((Long) golden.get("folds"));

      List<Fold> folds = Folds.stratified(count).of(texts, 1);

      List<List<Long>> counts =
          texts.labels().stream()
              .map(label -> ascending(folds, f -> f.heldOut().counts().get(label)))
              .toList();
      assertThat(counts).as("%s", golden).isEqualTo(golden.get("class_counts"));
      assertThat(ascending(folds, f -> f.heldOut().size())).isEqualTo(golden.get("sizes"));
    }
  }

  private static List<Long> ascending(List<Fold> folds, ToIntFunction<Fold> measure) {
    return folds.stream().mapToInt(measure).sorted().asLongStream().boxed().toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void no_group_is_both_learned_from_and_held_out(long seed) {
    LabelledTexts texts = groups(300, 3, 12, seed);
    int count = 2 + (int) (seed % 5);

    List<Fold> folds = Folds.grouped(count).of(texts, seed);

    assertThat(folds).hasSize(count).allSatisfy(fold -> assertPartsOf(texts, fold));
    assertEachTextIsHeldOutOnce(texts, folds);
    for (Fold fold : folds) {
      assertThat(groupsOf(fold.train())).doesNotContainAnyElementsOf(groupsOf(fold.heldOut()));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void groups_are_spread_so_that_classes_are_even(long seed) {
    LabelledTexts texts = groups(600, 2, 6, seed);

    List<Fold> folds = Folds.grouped(5).of(texts, seed);

    for (Fold fold : folds) {
      assertThat(fold.heldOut().size()).isBetween(600 / 5 - 3, 600 / 5 + 3);
      texts
          .counts()
          .forEach(
              (label, total) ->
                  assertThat(Math.abs(fold.heldOut().counts().get(label) - total / 5.0))
                      .as(label)
                      .isLessThanOrEqualTo(4.0));
    }
  }

  private static Set<String> groupsOf(LabelledTexts texts) {
    return texts.examples().stream().map(LabelledText::group).collect(Collectors.toSet());
  }

  @Test
  void a_seed_gives_the_same_folds_and_another_seed_others() {
    LabelledTexts texts = groups(200, 2, 5, 3);
    for (Folds plan : List.of(Folds.stratified(4), Folds.grouped(4))) {
      assertThat(plan.of(texts, 1)).isEqualTo(plan.of(texts, 1)).isNotEqualTo(plan.of(texts, 2));
    }
  }

  @Test
  void every_repeat_holds_each_text_out_once_in_folds_of_its_own() {
    LabelledTexts texts = groups(200, 2, 5, 4);
    for (Folds once : List.of(Folds.stratified(4), Folds.grouped(4))) {
      Folds plan = once.repeated(3);

      List<Fold> folds = plan.of(texts, 9);

      assertThat(folds).hasSize(12).hasSize(plan.total());
      for (int repeat = 0; repeat < 3; repeat++) {
        List<Fold> own = folds.subList(4 * repeat, 4 * repeat + 4);
        assertThat(own).extracting(Fold::repeat).containsOnly(repeat);
        assertThat(own).extracting(Fold::number).containsExactly(0, 1, 2, 3);
        assertEachTextIsHeldOutOnce(texts, own);
      }
      assertThat(folds.get(0).heldOutRows())
          .isNotEqualTo(folds.get(4).heldOutRows())
          .isNotEqualTo(folds.get(8).heldOutRows());
      assertThat(once.of(texts, 9)).as("the first repeat").isEqualTo(folds.subList(0, 4));
    }
  }

  @Test
  void inner_folds_hold_nothing_of_what_the_outer_one_holds_out() {
    LabelledTexts texts = groups(200, 2, 5, 5);
    for (Folds plan : List.of(Folds.stratified(4), Folds.grouped(4))) {
      for (Fold outer : plan.of(texts, 1)) {
        Set<LabelledText> unseen = new HashSet<>(outer.heldOut().examples());
        for (Fold inner : plan.of(outer.train(), 1)) {
          assertThat(inner.train()).doesNotContainAnyElementsOf(unseen);
          assertThat(inner.heldOut()).doesNotContainAnyElementsOf(unseen);
          assertThat(inner.train().size() + inner.heldOut().size()).isEqualTo(outer.train().size());
        }
      }
    }
  }

  @Test
  void impossible_plans_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.stratified(1))
        .withMessage(
            "Expected 2 folds or more, since each is held out once from the others, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.grouped(0))
        .withMessageEndingWith("got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.stratified(2).repeated(0))
        .withMessage("Expected 1 repeat or more, got 0");
  }

  @Test
  void more_folds_than_texts_of_the_smallest_class_are_refused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Folds.stratified(5).of(texts("aaaaaaaaabbb"), 1))
        .withMessage(
            "expected at least 5 texts of each class, one for each of 5 folds, got 3 of class"
                + " \"b\"");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Folds.stratified(5).of(texts(""), 1))
        .withMessage("expected texts for 5 folds, got none");
    assertThat(Folds.stratified(3).of(texts("aaaaaaaaabbb"), 1)).hasSize(3);
  }

  @Test
  void a_class_with_a_name_and_no_text_is_no_hindrance() {
    LabelledTexts texts = LabelledTexts.of(texts("aaabbb").examples(), List.of("a", "b", "c"));

    assertThat(Folds.stratified(3).of(texts, 1))
        .allSatisfy(fold -> assertThat(fold.heldOut().labels()).containsExactly("a", "b", "c"));
  }

  @Test
  void groups_that_do_not_do_for_the_folds_are_refused() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Folds.grouped(3).of(texts("aaabbb"), 1))
        .withMessage("expected a group for every text, got none for text 1");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                Folds.grouped(3)
                    .of(texts("ababab").withGroups(List.of("x", "x", "x", "y", "y", "y")), 1))
        .withMessage("expected at least 3 groups for as many parts, got 2");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> Folds.grouped(2).of(texts("aabb").withGroups(List.of("x", "y", "z", "z")), 1))
        .withMessageMatching(
            "expected groups with texts of each class in two folds or more, so that each is"
                + " learned, got all of class \"b\" in fold [12] of 2; .*");
  }
}
