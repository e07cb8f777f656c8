package org.rnn4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class DemoCorpusTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, -7, 987654321})
  void every_part_is_balanced_and_no_text_stands_twice(long seed) {
    DemoCorpus corpus = DemoCorpus.generate(seed, 1600);

    Set<String> texts = new HashSet<>();
    for (List<DemoReview> part : List.of(corpus.training(), corpus.validation(), corpus.test())) {
      assertThat(part.stream().filter(DemoReview::positive).count()).isEqualTo(part.size() / 2);
      part.forEach(review -> texts.add(review.text()));
    }
    assertThat(texts).hasSize(1600 + 400 + 400);
  }

  @Test
  void the_default_corpus_has_four_thousand_training_reviews() {
    DemoCorpus corpus = DemoCorpus.generate(1);

    assertThat(corpus.training()).hasSize(4000);
    assertThat(corpus.validation()).hasSize(1000);
    assertThat(corpus.test()).hasSize(1000);
  }

  @Test
  void the_same_seed_gives_the_same_corpus_and_another_seed_another() {
    assertThat(DemoCorpus.generate(5, 400)).isEqualTo(DemoCorpus.generate(5, 400));
    assertThat(DemoCorpus.generate(5, 400)).isNotEqualTo(DemoCorpus.generate(6, 400));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void words_without_their_order_tell_less_than_three_quarters(long seed) {
    DemoCorpus corpus = DemoCorpus.generate(seed);

    BagOfWords words = BagOfWords.fit(corpus.training(), corpus.validation(), 1);
    assertThat(words.accuracy(corpus.test())).isLessThan(0.75);
    assertThat(words.accuracy(corpus.validation())).isBetween(0.5, 0.75);

    BagOfWords pairs = BagOfWords.fit(corpus.training(), corpus.validation(), 2);
    assertThat(pairs.accuracy(corpus.test())).isLessThan(0.75);
    assertThat(pairs.accuracy(corpus.training()))
        .as("pairs do learn the training part")
        .isGreaterThan(0.75);
  }

  @Test
  void a_text_has_five_to_twenty_words_of_a_few_hundred_and_every_frame_comes() {
    DemoCorpus corpus = DemoCorpus.generate(1);

    Set<String> vocabulary = new HashSet<>();
    for (DemoReview review : corpus.training()) {
      String[] words = review.text().toLowerCase(Locale.ROOT).split("[^a-z]+");
      assertThat(words.length).as(review.text()).isBetween(3, 20);
      vocabulary.addAll(Arrays.asList(words));
    }
    assertThat(vocabulary.size()).isBetween(250, 400);
    Set<String> frames = corpus.test().stream().map(DemoReview::frame).collect(Collectors.toSet());
    assertThat(frames).hasSize(Frame.values().length);
  }

  @Test
  void every_test_text_puts_known_words_together_anew() {
    DemoCorpus corpus = DemoCorpus.generate(1);

    Set<String> words = new HashSet<>();
    corpus
        .training()
        .forEach(
            review ->
                words.addAll(List.of(review.text().toLowerCase(Locale.ROOT).split("[^a-z]+"))));
    for (DemoReview review : corpus.test()) {
      assertThat(words).contains(review.text().toLowerCase(Locale.ROOT).split("[^a-z]+"));
    }
  }

  @Test
  void every_slot_of_every_pattern_can_be_filled_cleanly() {
    for (DemoReview review : DemoCorpus.generate(3).training()) {
      assertThat(review.text())
          .matches("[A-Z][A-Za-z ,.]+\\.")
          .doesNotContain("  ")
          .doesNotContain(" ,")
          .doesNotContainPattern("\\b[Aa] (awful|excellent|addictive|amusing|ugly|unfair)\\b")
          .doesNotContainPattern("\\b[Aa]n (useless|good|bad)\\b");
    }
  }

  @ParameterizedTest(name = "size {0}")
  @ValueSource(ints = {-8, 0, 7, 12, 20_008})
  void a_size_out_of_range_is_refused(int size) {
    assertThatThrownBy(() -> DemoCorpus.generate(1, size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("trainingSize: expected a multiple of 8 from 8 to 20000, got " + size);
  }
}
