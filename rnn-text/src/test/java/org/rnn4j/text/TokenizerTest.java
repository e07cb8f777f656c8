package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class TokenizerTest {
  private static List<String> tokens(String text) {
    return Tokenizer.standard().tokenize(text);
  }

  @Test
  void words_and_punctuation_are_tokens() {
    assertThat(tokens("Not bad, at all!")).containsExactly("Not", "bad", ",", "at", "all", "!");
  }

  @Test
  void inner_apostrophes_belong_to_the_word_whichever_was_typed() {
    assertThat(tokens("don't don’t o'clock 'quoted' dogs' rock'n'roll"))
        .containsExactly(
            "don't", "don't", "o'clock", "'", "quoted", "'", "dogs", "'", "rock'n'roll");
  }

  @Test
  void underscores_join_letters_and_stand_alone_otherwise() {
    assertThat(tokens("@user_name _so_ __"))
        .containsExactly("@", "user_name", "_", "so", "_", "__");
  }

  @Test
  void numbers_keep_points_and_commas_between_digits() {
    assertThat(tokens("3.5 of 10,000. 8/10 2nd b4 1.a 1..2"))
        .containsExactly(
            "3.5", "of", "10,000", ".", "8", "/", "10", "2nd", "b4", "1", ".", "a", "1", "..", "2");
  }

  @Test
  void a_run_of_one_mark_is_one_token_of_at_most_three() {
    assertThat(tokens("so... what?!?! WOW!!!!!!! :-)"))
        .containsExactly("so", "...", "what", "?", "!", "?", "!", "WOW", "!!!", ":", "-", ")");
  }

  @Test
  void hyphens_part_words() {
    assertThat(tokens("well-known – yes")).containsExactly("well", "-", "known", "–", "yes");
  }

  @Test
  void emoji_are_tokens_with_all_that_belongs_to_them() {
    assertThat(
            tokens("ok😀😀 👍🏽 👨\u200D👩\u200D👧 🇩🇪🇫🇷 ❤\uFE0F❤ 🏴\uDB40\uDC67\uDB40\uDC7F!"))
        .containsExactly(
            "ok",
            "😀",
            "😀",
            "👍🏽",
            "👨\u200D👩\u200D👧",
            "🇩🇪",
            "🇫🇷",
            "❤",
            "❤",
            "🏴\uDB40\uDC67\uDB40\uDC7F",
            "!");
  }

  @Test
  void a_lone_flag_letter_is_a_token() {
    assertThat(tokens("🇩 x 🇩🇪🇫")).containsExactly("🇩", "x", "🇩🇪", "🇫");
  }

  @Test
  void combining_marks_stay_with_their_letter() {
    assertThat(tokens("cafe\u0301 हिन्दी")).containsExactly("cafe\u0301", "हिन्दी");
  }

  @Test
  void scripts_without_spaces_give_a_token_a_character() {
    assertThat(tokens("中文だ テレビ 한국어")).containsExactly("中", "文", "だ", "テレビ", "한국어");
  }

  @Test
  void invisible_characters_neither_part_nor_mark_a_word() {
    assertThat(tokens("\uFEFFun\u00ADbe\u200Blievable")).containsExactly("unbelievable");
  }

  @Test
  void controls_and_lone_surrogates_separate() {
    assertThat(tokens("a\0b\uD83Dc\uDE00d\u0085e\u0096f\uE000g"))
        .containsExactly("a", "b", "c", "d", "e", "f", "g");
  }

  @Test
  void texts_without_tokens_give_none() {
    assertThat(tokens("")).isEmpty();
    assertThat(tokens(" \t\n\0\uD800\u0301\u200D\uFE0F")).isEmpty();
  }

  @Test
  void punctuation_and_emoji_can_be_left_out_and_still_separate() {
    String text = "a-b😀c... don't";
    assertThat(Tokenizer.wordsOnly().tokenize(text)).containsExactly("a", "b", "c", "don't");
    assertThat(new Tokenizer(true, false).tokenize(text))
        .containsExactly("a", "-", "b", "c", "...", "don't");
    assertThat(new Tokenizer(false, true).tokenize(text))
        .containsExactly("a", "b", "😀", "c", "don't");
  }

  @Test
  void a_text_of_a_hundred_thousand_words_gives_as_many_tokens() {
    assertThat(tokens("word ".repeat(100_000))).isEqualTo(Collections.nCopies(100_000, "word"));
  }

  @Test
  void one_word_of_a_hundred_thousand_letters_is_one_token() {
    String word = "a".repeat(100_000);
    assertThat(tokens(word)).containsExactly(word);
  }

  @ParameterizedTest
  @MethodSource("org.rnn4j.text.HostileTexts#large")
  void odd_texts_of_any_length_give_tokens_that_are_not_empty(String text) {
    assertThat(tokens(text)).doesNotContain("");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void tokens_of_random_texts_are_whole_and_stay_what_they_are(long seed) {
    List<String> tokens = tokens(HostileTexts.random(seed));
    for (String token : tokens) {
      assertThat(token).isNotEmpty();
      assertThat(token.codePoints())
          .noneMatch(c -> Character.isWhitespace(c) || (c >= 0xD800 && c <= 0xDFFF));
    }
    assertThat(tokens(String.join(" ", tokens))).isEqualTo(tokens);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void leaving_marks_out_keeps_the_words_of_random_texts(long seed) {
    String text = HostileTexts.random(seed);
    List<String> words = Tokenizer.wordsOnly().tokenize(text);
    assertThat(tokens(text)).containsSubsequence(words);
    assertThat(words)
        .allMatch(
            word ->
                Character.isLetterOrDigit(word.codePointAt(0))
                    || Character.getType(word.codePointAt(0)) == Character.LETTER_NUMBER
                    || Character.getType(word.codePointAt(0)) == Character.OTHER_NUMBER);
  }
}
