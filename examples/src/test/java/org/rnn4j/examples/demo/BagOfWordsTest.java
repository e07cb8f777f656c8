package org.rnn4j.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BagOfWordsTest {
  private static final List<DemoReview> PLAIN =
      List.of(
          review("the soup was good", true),
          review("the soup was bad", false),
          review("good bread", true),
          review("bad bread", false));

  private static final List<DemoReview> ORDER =
      List.of(review("good soup but bad bread", false), review("bad soup but good bread", true));

  @Test
  void words_that_decide_alone_are_learnt() {
    BagOfWords bag = BagOfWords.fit(PLAIN, PLAIN, 1);

    assertThat(bag.accuracy(PLAIN)).isEqualTo(1);
    assertThat(bag.probability("a good day")).isGreaterThan(0.7);
    assertThat(bag.probability("a bad day")).isLessThan(0.3);
  }

  @Test
  void the_same_words_in_another_order_get_the_same_probability_unless_pairs_count() {
    BagOfWords words = BagOfWords.fit(ORDER, ORDER, 1);
    BagOfWords pairs = BagOfWords.fit(ORDER, ORDER, 2);

    assertThat(words.probability(ORDER.get(0).text()))
        .isCloseTo(words.probability(ORDER.get(1).text()), within(1e-12));
    assertThat(words.accuracy(ORDER)).isEqualTo(0.5);
    assertThat(pairs.accuracy(ORDER)).isEqualTo(1);
  }

  @Test
  void no_reviews_or_triples_are_refused() {
    assertThatThrownBy(() -> BagOfWords.fit(List.of(), PLAIN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0 and 4");
    assertThatThrownBy(() -> BagOfWords.fit(PLAIN, PLAIN, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("longestGram: expected 1 or 2, got 3");
  }

  private static DemoReview review(String text, boolean positive) {
    return new DemoReview(text, positive, "plain");
  }
}
