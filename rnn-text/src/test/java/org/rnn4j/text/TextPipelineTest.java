package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.json.Json;
import org.rnn4j.text.Vocabulary.UnknownTokens;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class TextPipelineTest {
  private static final List<String> TEXTS =
      List.of("A good film.<br />Good!", "a BAD film.", "Not good, not bad");

  private static final TextPipeline PIPELINE =
      TextPipeline.builder().truncation(Truncation.keepLast(4)).fit(TEXTS);

  @Test
  void fitting_numbers_the_words_that_occur_twice() {
    assertThat(PIPELINE.vocabulary().words())
        .containsExactly("good", ".", "a", "bad", "film", "not");
  }

  @Test
  void a_text_is_cleaned_cut_numbered_and_truncated() {
    assertThat(PIPELINE.tokens("This FILM:<br />not bad"))
        .containsExactly("this", "film", ":", "not", "bad");
    assertThat(PIPELINE.encode("This FILM:<br />not bad")).containsExactly(6, 1, 7, 5);
  }

  @Test
  void a_text_without_tokens_gives_no_ids() {
    assertThat(PIPELINE.encode("")).isEmpty();
    assertThat(PIPELINE.encode("<br /> \0\uD83D")).isEmpty();
  }

  @Test
  void a_text_of_unknown_words_gives_unknown_ids_or_none() {
    assertThat(PIPELINE.encode("xyzzy plugh")).containsExactly(1, 1);
    TextPipeline dropping = TextPipeline.builder().unknownTokens(UnknownTokens.DROP).fit(TEXTS);
    assertThat(dropping.encode("xyzzy good plugh")).containsExactly(2);
    assertThat(dropping.encode("xyzzy plugh")).isEmpty();
  }

  @Test
  void unknown_words_are_dropped_before_a_text_is_truncated() {
    TextPipeline dropping =
        TextPipeline.builder()
            .unknownTokens(UnknownTokens.DROP)
            .truncation(Truncation.keepLast(2))
            .fit(TEXTS);
    assertThat(dropping.encode("not bad xyzzy")).containsExactly(7, 5);
  }

  @Test
  void settings_reach_the_vocabulary() {
    TextPipeline pipeline =
        TextPipeline.builder()
            .minimumFrequency(1)
            .maximumVocabularySize(4)
            .cleaner(TextCleaner.none())
            .tokenizer(Tokenizer.wordsOnly())
            .fit(List.of("B b b B C c"));
    assertThat(pipeline.vocabulary().words()).containsExactly("B", "b");
    assertThat(pipeline.tokens("B. b")).containsExactly("B", "b");
  }

  @Test
  void a_builder_counts_afresh_for_each_fit() {
    TextPipeline.Builder builder = TextPipeline.builder();
    builder.fit(List.of("old old words words"));
    assertThat(builder.fit(TEXTS).vocabulary()).isEqualTo(PIPELINE.vocabulary());
  }

  @Test
  void pipelines_are_equal_by_value() {
    TextPipeline same = TextPipeline.builder().truncation(Truncation.keepLast(4)).fit(TEXTS);
    assertThat(same).isEqualTo(PIPELINE).hasSameHashCodeAs(PIPELINE);
    assertThat(TextPipeline.builder().truncation(Truncation.keepFirst(4)).fit(TEXTS))
        .isNotEqualTo(PIPELINE);
    assertThat(TextPipeline.builder().truncation(Truncation.keepLast(4)).fit(List.of()))
        .isNotEqualTo(PIPELINE);
    assertThat(PIPELINE.toString()).startsWith("TextPipeline[TextCleaner[").contains("size=8");
  }

  @Test
  void the_json_form_is_readable_and_stable() {
    TextPipeline pipeline =
        TextPipeline.builder()
            .truncation(Truncation.keepLast(200))
            .fit(List.of("a a ☃☃ \"\" \"\""));
    assertThat(pipeline.toJson())
        .isEqualTo(
            "{\"version\":1,\"cleaner\":{\"lineBreaks\":true,\"tags\":true,\"entities\":true,"
                + "\"normalization\":\"NFKC\",\"lowerCase\":true},"
                + "\"tokenizer\":{\"punctuation\":true,\"emoji\":true},"
                + "\"truncation\":{\"keep\":\"LAST\",\"maximumLength\":200},"
                + "\"vocabulary\":{\"unknownTokens\":\"KEEP\",\"words\":[\"\\\"\\\"\",\"a\",\"☃\"]}}");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void a_pipeline_survives_json_whatever_it_was_fitted_on(long seed) {
    String text = HostileTexts.random(seed);
    TextPipeline pipeline =
        TextPipeline.builder()
            .cleaner(seed % 2 == 0 ? TextCleaner.standard() : TextCleaner.none())
            .tokenizer(new Tokenizer(seed % 3 != 0, seed % 5 != 0))
            .minimumFrequency(1)
            .truncation(Truncation.keepFirst(1 + (int) seed))
            .fit(List.of(text));
    TextPipeline read = TextPipeline.fromJson(pipeline.toJson());
    assertThat(read).isEqualTo(pipeline);
    assertThat(read.toJson()).isEqualTo(pipeline.toJson());
    assertThat(read.encode(text)).isEqualTo(pipeline.encode(text)).doesNotContain(0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "version":1         | "version":2        | Expected a pipeline of version 1, got version 2
          "tags":true         | "tags":"yes"       | Expected true or false as pipeline.cleaner.tags, got String yes
          "tags":true,        | ``                 | Expected true or false as pipeline.cleaner.tags, got nothing
          "emoji":true        | "emoji":true,"x":1 | Expected no member pipeline.tokenizer.x; the file may be of a newer version
          "NFKC"              | "NFD"              | Expected one of [NONE, NFC, NFKC] as pipeline.cleaner.normalization, got String NFD
          "maximumLength":4   | "maximumLength":0  | Expected a maximumLength of 1 or more tokens, got 0
          "maximumLength":4   | "maximumLength":4294967300  | Expected a whole number of 32 bits as pipeline.truncation.maximumLength, got Long 4294967300
          "good"              | 7                  | Expected a text as pipeline.vocabulary.words[0], got Long 7
          "good"              | "bad"              | Expected each word once, got "bad" again for id 5
          """)
  void damaged_settings_are_named(String part, String damage, String message) {
    String json = PIPELINE.toJson();
    assertThat(json).contains(part);
    assertThatThrownBy(() -> TextPipeline.fromJson(json.replace(part, damage)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void what_is_not_an_object_is_refused() {
    assertThatThrownBy(() -> TextPipeline.fromJson("[1]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected a JSON object");
    Map<String, Object> map = Json.parseObject(PIPELINE.toJson());
    map.put("cleaner", List.of());
    assertThatThrownBy(() -> TextPipeline.fromMap(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Expected an object as pipeline.cleaner, got ");
  }
}
