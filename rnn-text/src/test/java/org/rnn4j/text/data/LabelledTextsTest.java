package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class LabelledTextsTest {
  private static final LabelledTexts TEXTS =
      LabelledTexts.of(
          List.of(
              new LabelledText("good", "pos", "film 1"),
              new LabelledText("bad", "neg", "film 1"),
              new LabelledText("fine", "pos", "film 2")));

  @Test
  void labels_are_in_ascending_order_and_numbered_by_it() {
    assertThat(TEXTS.labels()).containsExactly("neg", "pos");
    assertThat(TEXTS.labelNumber(0)).isEqualTo(1);
    assertThat(TEXTS.labelNumber(1)).isZero();
    assertThat(TEXTS.counts()).containsExactly(entry("neg", 1), entry("pos", 2));
    assertThat(TEXTS).hasSize(3).hasToString("LabelledTexts{neg=1, pos=2}");
  }

  @Test
  void whole_numbers_are_ordered_by_value_and_before_names() {
    List<LabelledText> examples =
        List.of("b", "10", "9", "-1", "a").stream()
            .map(label -> new LabelledText("", label))
            .toList();
    assertThat(LabelledTexts.of(examples).labels()).containsExactly("-1", "9", "10", "a", "b");
  }

  @Test
  void given_labels_keep_their_order_and_may_have_no_text() {
    LabelledTexts texts =
        LabelledTexts.of(List.of(new LabelledText("good", "pos")), List.of("pos", "neg"));
    assertThat(texts.labelNumber(0)).isZero();
    assertThat(texts.counts()).containsExactly(entry("pos", 1), entry("neg", 0));
  }

  @Test
  void a_label_that_was_not_given_is_refused() {
    List<LabelledText> examples = List.of(new LabelledText("a", "neg"), new LabelledText("b", "x"));
    assertThatThrownBy(() -> LabelledTexts.of(examples, List.of("neg", "pos")))
        .isInstanceOf(DataException.class)
        .hasMessage("expected one of the labels [neg, pos], got \"x\" at example 2");
    assertThatThrownBy(() -> LabelledTexts.of(List.of(), List.of("neg", "neg")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected each label once, got [neg, neg]");
    assertThatThrownBy(() -> new LabelledText("a", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a label, got an empty one");
  }

  @Test
  void a_selection_keeps_all_labels() {
    LabelledTexts selected = TEXTS.select(2, 0);
    assertThat(selected.texts()).containsExactly("fine", "good");
    assertThat(selected.labels()).containsExactly("neg", "pos");
    assertThat(TEXTS.select().isEmpty()).isTrue();
  }

  @Test
  void groups_are_set_one_by_one() {
    assertThat(TEXTS.withGroups(List.of("a", "b", "c")).examples())
        .extracting(LabelledText::group)
        .containsExactly("a", "b", "c");
    assertThatThrownBy(() -> TEXTS.withGroups(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected one group for each of 3 texts, got 1 groups");
  }

  @Test
  void labels_can_be_renamed() {
    LabelledTexts renamed = TEXTS.withLabelNames(Map.of("neg", "negative", "pos", "positive"));
    assertThat(renamed.labels()).containsExactly("negative", "positive");
    assertThat(renamed.get(0)).isEqualTo(new LabelledText("good", "positive", "film 1"));
    assertThatThrownBy(() -> TEXTS.withLabelNames(Map.of("neg", "negative")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a name for each of the labels [neg, pos], got {neg=negative}");
    assertThatThrownBy(() -> TEXTS.withLabelNames(Map.of("neg", "same", "pos", "same")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected each label once, got [same, same]");
  }

  @Test
  void texts_are_equal_by_value() {
    assertThat(TEXTS.select(0, 1, 2)).isEqualTo(TEXTS).hasSameHashCodeAs(TEXTS);
    assertThat(TEXTS.select(0, 1)).isNotEqualTo(TEXTS);
    assertThat(LabelledTexts.of(TEXTS.examples(), List.of("pos", "neg"))).isNotEqualTo(TEXTS);
  }
}
