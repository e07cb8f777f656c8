package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class StopWordsTest {
  private static final List<String> TEXTS =
      List.of("The film is not good.", "The plot is good, and it isn't dull.");

  @Test
  void english_stop_words_keep_negations_and_what_turns_a_judgement() {
    StopWords english = StopWords.english();
    assertThat(english.words()).contains("the", "is", "it's", "and").hasSize(165);
    for (String word : List.of("not", "no", "isn't", "never", "without", "but", "very", "too")) {
      assertThat(english.contains(word)).as(word).isFalse();
    }
    assertThat(StopWords.englishNegations().words())
        .contains("not", "isn't")
        .noneMatch(english::contains);
  }

  @Test
  void every_english_stop_word_is_one_token() {
    for (StopWords list : List.of(StopWords.english(), StopWords.englishNegations())) {
      for (String word : list.words()) {
        assertThat(Tokenizer.standard().tokenize(TextCleaner.standard().clean(word)))
            .containsExactly(word);
      }
    }
  }

  @Test
  void a_list_can_be_made_longer_and_shorter() {
    StopWords words = StopWords.of(List.of("b", "a")).with("c", "a").without("b");
    assertThat(words.words()).containsExactly("a", "c");
    assertThat(words).isEqualTo(StopWords.of(List.of("c", "a"))).hasToString("StopWords[2]");
    assertThat(words.removeFrom(List.of("a", "b", "c", "b"))).containsExactly("b", "b");
  }

  @Test
  void a_pipeline_neither_counts_nor_reads_stop_words() {
    TextPipeline pipeline =
        TextPipeline.builder().stopWords(StopWords.english()).minimumFrequency(1).fit(TEXTS);
    assertThat(pipeline.vocabulary().words())
        .containsExactlyInAnyOrder("film", "not", "good", ".", "plot", ",", "isn't", "dull");
    assertThat(pipeline.tokens("It is NOT good")).containsExactly("not", "good");
    assertThat(pipeline.tokens("It is the")).isEmpty();
    assertThat(pipeline.encode("It is the")).isEmpty();
  }

  @Test
  void stop_words_travel_with_the_pipeline() {
    TextPipeline pipeline =
        TextPipeline.builder().stopWords(StopWords.of(List.of("is", "the"))).fit(TEXTS);
    assertThat(pipeline.toJson()).contains("},\"stopWords\":[\"is\",\"the\"],\"truncation\":");
    TextPipeline read = TextPipeline.fromJson(pipeline.toJson());
    assertThat(read).isEqualTo(pipeline);
    assertThat(read.tokens("the end")).containsExactly("end");
    assertThat(TextPipeline.builder().fit(TEXTS).toJson()).doesNotContain("stopWords");
  }

  @Test
  void a_list_that_leaves_nothing_of_the_texts_is_refused() {
    TextPipeline.Builder builder =
        TextPipeline.builder().stopWords(StopWords.of(List.of("good", "bad")));
    assertThatThrownBy(() -> builder.fit(List.of("good bad", "", "bad")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected texts with other tokens than stop words, got 3 tokens, all of them among the"
                + " 2 stop words");
    assertThat(builder.fit(List.of("", " ")).vocabulary().words()).isEmpty();
  }

  @Test
  void a_stop_word_with_white_space_is_refused() {
    assertThatThrownBy(() -> StopWords.of(List.of("of", "of the")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected stop words without white space, got \"of the\"");
    assertThatThrownBy(() -> StopWords.of(List.of("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected stop words without white space, got \"\"");
  }
}
