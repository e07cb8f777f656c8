package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.text.Vocabulary.UnknownTokens;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class VocabularyTest {
  private static final List<List<String>> TEXTS =
      List.of(
          List.of("the", "film", "is", "the", "best"),
          List.of("the", "film", "is", "bad"),
          List.of("!"));

  @Test
  void words_are_numbered_by_frequency_then_code_point() {
    Vocabulary vocabulary = Vocabulary.builder().addAll(TEXTS.stream()).build();
    assertThat(vocabulary.words()).containsExactly("the", "film", "is", "!", "bad", "best");
    assertThat(vocabulary.size()).isEqualTo(8);
    assertThat(vocabulary.id("the")).isEqualTo(2);
    assertThat(vocabulary.id("best")).isEqualTo(7);
    assertThat(vocabulary.token(3)).isEqualTo("film");
    assertThat(vocabulary.contains("bad")).isTrue();
  }

  @Test
  void ids_0_and_1_are_reserved() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a"), UnknownTokens.KEEP);
    assertThat(vocabulary.token(0)).isEqualTo("[PAD]");
    assertThat(vocabulary.token(1)).isEqualTo("[UNK]");
    assertThat(vocabulary.id("[PAD]")).isEqualTo(1);
    assertThat(vocabulary.id("never seen")).isEqualTo(1);
    assertThat(vocabulary.contains("never seen")).isFalse();
  }

  @Test
  void code_points_beyond_the_basic_plane_come_last() {
    Vocabulary vocabulary =
        Vocabulary.builder().add(List.of("😀", "\uFF5E", "z", "é", "zz", "\uFFFD", "😀a")).build();
    // UTF-16 order would put the emoji before U+FF5E.
    assertThat(vocabulary.words()).containsExactly("z", "zz", "é", "\uFF5E", "\uFFFD", "😀", "😀a");
  }

  @Test
  void rare_words_are_left_out() {
    Vocabulary vocabulary = Vocabulary.builder().minimumFrequency(2).addAll(TEXTS.stream()).build();
    assertThat(vocabulary.words()).containsExactly("the", "film", "is");
  }

  @Test
  void the_maximum_size_counts_the_reserved_ids() {
    Vocabulary vocabulary = Vocabulary.builder().maximumSize(4).addAll(TEXTS.stream()).build();
    assertThat(vocabulary.words()).containsExactly("the", "film");
    assertThat(vocabulary.size()).isEqualTo(4);
  }

  @Test
  void without_frequent_tokens_there_are_the_reserved_ids_only() {
    Vocabulary vocabulary = Vocabulary.builder().minimumFrequency(9).addAll(TEXTS.stream()).build();
    assertThat(vocabulary.size()).isEqualTo(2);
    assertThat(vocabulary.encode(List.of("the"))).containsExactly(1);
  }

  @Test
  void unknown_tokens_are_kept_or_dropped() {
    List<String> tokens = List.of("a", "x", "b", "y");
    assertThat(Vocabulary.of(List.of("a", "b"), UnknownTokens.KEEP).encode(tokens))
        .containsExactly(2, 1, 3, 1);
    assertThat(Vocabulary.of(List.of("a", "b"), UnknownTokens.DROP).encode(tokens))
        .containsExactly(2, 3);
    assertThat(Vocabulary.of(List.of("a", "b"), UnknownTokens.DROP).encode(List.of("x"))).isEmpty();
  }

  @Test
  void decoding_gives_the_tokens_back() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a", "b"), UnknownTokens.KEEP);
    assertThat(vocabulary.decode(new int[] {3, 1, 2, 0}))
        .containsExactly("b", "[UNK]", "a", "[PAD]");
  }

  @Test
  void ids_outside_the_vocabulary_are_refused() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a"), UnknownTokens.KEEP);
    assertThatThrownBy(() -> vocabulary.token(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected an id from 0 to 2, got 3");
    assertThatThrownBy(() -> vocabulary.decode(new int[] {-1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected an id from 0 to 2, got -1");
  }

  @Test
  void bad_settings_are_refused() {
    assertThatThrownBy(() -> Vocabulary.builder().minimumFrequency(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a minimumFrequency of 1 or more, got 0");
    assertThatThrownBy(() -> Vocabulary.builder().maximumSize(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a maximumSize of 3 or more (two ids are reserved), got 2");
  }

  @Test
  void words_that_cannot_be_told_apart_or_saved_are_refused() {
    assertThatThrownBy(() -> Vocabulary.of(List.of("a", "b", "a"), UnknownTokens.KEEP))
        .hasMessage("Expected each word once, got \"a\" again for id 4");
    assertThatThrownBy(() -> Vocabulary.of(List.of(""), UnknownTokens.KEEP))
        .hasMessage("Expected words that are neither empty nor reserved, got \"\" for id 2");
    assertThatThrownBy(() -> Vocabulary.of(List.of("[UNK]"), UnknownTokens.KEEP))
        .hasMessage("Expected words that are neither empty nor reserved, got \"[UNK]\" for id 2");
    assertThatThrownBy(() -> Vocabulary.of(List.of("a\uD83D"), UnknownTokens.KEEP))
        .hasMessage(
            "Expected words of whole code points, got a lone surrogate in the word of id 2");
  }

  @Test
  void vocabularies_are_equal_by_words_and_settings() {
    Vocabulary vocabulary = Vocabulary.of(List.of("a", "b"), UnknownTokens.KEEP);
    assertThat(vocabulary)
        .isEqualTo(Vocabulary.of(List.of("a", "b"), UnknownTokens.KEEP))
        .hasSameHashCodeAs(Vocabulary.of(List.of("a", "b"), UnknownTokens.KEEP))
        .isNotEqualTo(Vocabulary.of(List.of("b", "a"), UnknownTokens.KEEP))
        .isNotEqualTo(Vocabulary.of(List.of("a", "b"), UnknownTokens.DROP));
    assertThat(vocabulary).hasToString("Vocabulary[size=4, unknownTokens=KEEP]");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void the_numbering_does_not_depend_on_the_order_of_texts(long seed) {
    List<List<String>> texts = new ArrayList<>();
    for (long i = 0; i < 40; i++) {
      texts.add(Tokenizer.standard().tokenize(HostileTexts.random(seed * 1000 + i)));
    }
    Vocabulary inOrder = vocabularyOf(texts.stream());
    Collections.shuffle(texts, new Random(seed));
    assertThat(vocabularyOf(texts.stream())).isEqualTo(inOrder);
    assertThat(inOrder.size()).isBetween(50, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void encoding_what_was_decoded_gives_the_ids_again(long seed) {
    List<String> tokens = Tokenizer.standard().tokenize(HostileTexts.random(seed));
    Vocabulary vocabulary = Vocabulary.builder().maximumSize(20).add(tokens).build();
    int[] ids = vocabulary.encode(tokens);
    assertThat(ids).hasSameSizeAs(tokens).doesNotContain(0);
    assertThat(vocabulary.encode(vocabulary.decode(ids))).isEqualTo(ids);
  }

  private static Vocabulary vocabularyOf(Stream<List<String>> texts) {
    return Vocabulary.builder().minimumFrequency(2).maximumSize(300).addAll(texts).build();
  }
}
