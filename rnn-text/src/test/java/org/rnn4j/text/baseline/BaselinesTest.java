package org.rnn4j.text.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.text.HostileTexts;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class BaselinesTest {
  private static final LabelledTexts REVIEWS =
      texts(
          "good film:positive",
          "not good:negative",
          "a bad film:negative",
          "not bad:positive",
          "good, good plot:positive",
          "bad plot:negative",
          "not good at all:negative",
          "not bad at all:positive");

  private static final LabelledTexts COLOURS =
      texts("red rose:r", "red wine:r", "green leaf:g", "green tea:g", "blue sky:b", "blue sea:b");

  private static LabelledTexts texts(String... lines) {
    List<LabelledText> texts = new ArrayList<>();
    for (String line : lines) {
      int colon = line.lastIndexOf(':');
      texts.add(new LabelledText(line.substring(0, colon), line.substring(colon + 1)));
    }
    return LabelledTexts.of(texts);
  }

  private static Stream<Classifier> linear() {
    NGrams all = NGrams.standard().withMinimumFrequency(1);
    return Stream.of(
        NbSvm.train(REVIEWS, NbSvm.Options.standard().withNGrams(all)),
        LogisticRegression.train(
            REVIEWS, LogisticRegression.Options.standard().withNGrams(all).withCost(10)));
  }

  private static NbSvm colours() {
    NGrams single = NGrams.standard().withMinimumFrequency(1);
    return NbSvm.train(COLOURS, NbSvm.Options.standard().withNGrams(single));
  }

  @ParameterizedTest
  @MethodSource("linear")
  void pairs_of_words_tell_what_the_words_alone_cannot(Classifier classifier) {
    assertThat(classifier.labels()).containsExactly("negative", "positive");
    for (LabelledText review : REVIEWS) {
      assertThat(classifier.predict(review.text()).label())
          .as(review.text())
          .isEqualTo(review.label());
    }
  }

  @Test
  void without_pairs_negation_is_lost() {
    NGrams words = NGrams.standard().withLongest(1).withMinimumFrequency(1);
    NbSvm classifier = NbSvm.train(REVIEWS, NbSvm.Options.standard().withNGrams(words));
    long right =
        REVIEWS.examples().stream()
            .filter(review -> classifier.predict(review.text()).label().equals(review.label()))
            .count();
    assertThat(right).isLessThan(REVIEWS.size());
  }

  @Test
  void the_ratio_of_a_feature_is_the_log_of_its_shares_in_both_classes() {
    int[][] present = {{0, 1}, {0}, {1, 2}};
    double[] ratios = NbSvm.logCountRatios(present, new boolean[] {true, true, false}, 3, 1);
    // p = 1 + (2, 1, 0), q = 1 + (0, 1, 1); their sums are 6 and 5.
    assertThat(ratios[0]).isCloseTo(Math.log((3 / 6.0) / (1 / 5.0)), within(1e-15));
    assertThat(ratios[1]).isCloseTo(Math.log((2 / 6.0) / (2 / 5.0)), within(1e-15));
    assertThat(ratios[2]).isCloseTo(Math.log((1 / 6.0) / (2 / 5.0)), within(1e-15));
  }

  @Test
  void logistic_regression_finds_where_its_gradient_vanishes() {
    // Three of four texts with the one feature are positive, one of four without: with next to no
    // penalty σ(b) = 1/4 and σ(w + b) = 3/4.
    int[][] present = {{0}, {0}, {0}, {0}, {}, {}, {}, {}};
    boolean[] positive = {true, true, true, false, true, false, false, false};
    double[] weights = Liblinear.train(present, new double[] {1}, positive, 1e6);
    assertThat(weights[1]).isCloseTo(Math.log(1.0 / 3), within(0.02));
    assertThat(weights[0] + weights[1]).isCloseTo(Math.log(3), within(0.02));
    boolean[] turned = new boolean[8];
    for (int i = 0; i < 8; i++) {
      turned[i] = !positive[i];
    }
    double[] opposite = Liblinear.train(present, new double[] {1}, turned, 1e6);
    assertThat(opposite[0]).isCloseTo(-weights[0], within(1e-9));
  }

  @Test
  void probabilities_of_two_and_of_several_classes_sum_to_one() {
    for (Classifier classifier :
        List.of(colours(), NbSvm.train(REVIEWS, NbSvm.Options.standard()))) {
      for (String text : List.of("red", "good film", "", "xyzzy", "red green blue sea not")) {
        Prediction prediction = classifier.predict(text);
        assertThat(List.copyOf(prediction.probabilities().keySet())).isEqualTo(classifier.labels());
        assertThat(prediction.probabilities().values().stream().mapToDouble(p -> p).sum())
            .isCloseTo(1, within(1e-12));
        assertThat(prediction.probabilities().get(prediction.label()))
            .isEqualTo(prediction.probability());
        assertThat(prediction.probabilities().values())
            .allMatch(p -> p <= prediction.probability() && p > 0);
      }
    }
  }

  @Test
  void each_of_several_classes_is_told_from_the_others() {
    NbSvm classifier = colours();
    assertThat(classifier.labels()).containsExactly("b", "g", "r");
    assertThat(classifier.predict("a red leaf of red").label()).isEqualTo("r");
    assertThat(classifier.predict("green").label()).isEqualTo("g");
    assertThat(classifier.predict("the blue sea").label()).isEqualTo("b");
  }

  @Test
  void tokens_and_unknown_tokens_are_counted() {
    Prediction prediction =
        NbSvm.train(REVIEWS, NbSvm.Options.standard()).predict("Not xyzzy film");
    assertThat(prediction.tokens()).isEqualTo(3);
    assertThat(prediction.unknownTokens()).isEqualTo(1);
  }

  @Test
  void a_text_without_tokens_gets_what_the_bias_says() {
    for (Classifier classifier : linear().toList()) {
      Prediction empty = classifier.predict("");
      assertThat(empty.tokens()).isZero();
      assertThat(empty.probabilities()).isEqualTo(classifier.predict("xyzzy").probabilities());
    }
  }

  @Test
  void two_trainings_give_the_same_bits() {
    NbSvm first = NbSvm.train(REVIEWS, NbSvm.Options.standard());
    NbSvm second = NbSvm.train(REVIEWS, NbSvm.Options.standard());
    for (LabelledText review : REVIEWS) {
      assertThat(first.predict(review.text())).isEqualTo(second.predict(review.text()));
    }
  }

  @Test
  void training_prints_nothing() {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      NbSvm.train(REVIEWS, NbSvm.Options.standard());
    } finally {
      System.setOut(before);
    }
    assertThat(printed.size()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void any_text_has_a_prediction(long seed) {
    String text = HostileTexts.random(seed);
    for (NGrams ngrams : List.of(NGrams.standard(), NGrams.tweets().withLongest(4))) {
      NGrams all = ngrams.withMinimumFrequency(1);
      LabelledTexts texts = texts("good:a", "bad:b");
      NbSvm classifier = NbSvm.train(texts, NbSvm.Options.standard().withNGrams(all));
      assertThat(classifier.predict(text).probability()).isBetween(0.5, 1.0);
    }
  }

  private static Stream<Long> seeds() {
    return HostileTexts.seeds().limit(40).boxed();
  }

  @Test
  void runs_of_tokens_are_those_of_neighbours() {
    NGrams three = NGrams.standard().withLongest(3);
    assertThat(three.of(List.of("a", "b", "c")))
        .containsExactly("a", "b", "c", "a b", "b c", "a b c");
    assertThat(three.of(List.of("a"))).containsExactly("a");
    assertThat(three.of(List.of())).isEmpty();
  }

  @Test
  void stop_words_are_left_out_before_runs_are_made() {
    NGrams ngrams = NGrams.standard().withStopWords(StopWords.english());
    assertThat(ngrams.of(ngrams.tokens("Not of the best")))
        .containsExactly("not", "best", "not best");
  }

  @Test
  void the_majority_class_is_the_most_frequent_whatever_the_text() {
    MajorityClass classifier = MajorityClass.train(texts("x:b", "y:b", "z:a", "w:c"));
    assertThat(classifier.labels()).containsExactly("a", "b", "c");
    Prediction prediction = classifier.predict("z");
    assertThat(prediction.label()).isEqualTo("b");
    assertThat(prediction.probabilities())
        .containsEntry("a", 0.25)
        .containsEntry("b", 0.5)
        .containsEntry("c", 0.25);
    assertThat(prediction.tokens()).isZero();
    assertThat(MajorityClass.train(texts("x:b", "y:a")).predict("").label()).isEqualTo("a");
  }

  @Test
  void what_nothing_can_be_learned_from_is_named() {
    LabelledTexts one = texts("good:a", "fine:a");
    NbSvm.Options options = NbSvm.Options.standard();
    assertThatThrownBy(() -> NbSvm.train(one, options))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "expected texts of at least two classes to learn from, some of each, got {a=2}");
    LabelledTexts missing =
        LabelledTexts.of(texts("good:a", "good:b").examples(), List.of("a", "b", "c"));
    assertThatThrownBy(
            () -> LogisticRegression.train(missing, LogisticRegression.Options.standard()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "expected texts of at least two classes to learn from, some of each, got {a=1, b=1,"
                + " c=0}");
    assertThatThrownBy(() -> NbSvm.train(texts("good:a", "bad:b"), options))
        .isInstanceOf(DataException.class)
        .hasMessage("expected tokens that stand in at least 2 training texts, got none in 2 texts");
    assertThatThrownBy(() -> MajorityClass.train(one.select()))
        .isInstanceOf(DataException.class)
        .hasMessage("expected at least one text to learn from, got none");
  }

  @Test
  void settings_out_of_range_are_named() {
    assertThatThrownBy(() -> NbSvm.Options.standard().withCost(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a cost above 0, got 0.0");
    assertThatThrownBy(() -> NbSvm.Options.standard().withSmoothing(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a smoothing above 0, got NaN");
    assertThatThrownBy(() -> NGrams.standard().withLongest(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a longest and a minimumFrequency of 1 or more, got 0 and 2");
  }
}
