package org.rnn4j.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.metric.CollectedMetric;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

/** Evaluations of any classifier, comparisons of several, and cross-validations. */
class ComparisonTest {
  private static final List<String> LABELS = List.of("no", "yes");

  /** Says yes to some texts, with a probability of 0.9. */
  private record Rule(List<String> labels, Predicate<String> yes) implements Classifier {
    Rule(Predicate<String> yes) {
      this(LABELS, yes);
    }

    @Override
    public Prediction predict(String text) {
      boolean says = yes.test(text);
      Map<String, Double> probabilities = new LinkedHashMap<>();
      labels.forEach(label -> probabilities.put(label, label.equals("yes") == says ? 0.9 : 0.1));
      return new Prediction(says ? "yes" : "no", 0.9, probabilities, text.length(), 0);
    }
  }

  /** Texts {@code 0}, {@code 1} and so on, of which the even ones are yes. */
  private static LabelledTexts numbers(int count) {
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(new LabelledText(String.valueOf(i), i % 2 == 0 ? "yes" : "no"));
    }
    return LabelledTexts.of(texts, LABELS);
  }

  private static boolean isEven(String text) {
    return Integer.parseInt(text) % 2 == 0;
  }

  /** Right but for the first so many texts. */
  private static Rule wrongBelow(int count) {
    return new Rule(text -> isEven(text) == (Integer.parseInt(text) >= count));
  }

  private static Comparison compared(int wrongOfFirst, int wrongOfSecond) {
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put("net", wrongBelow(wrongOfFirst));
    classifiers.put("base", wrongBelow(wrongOfSecond));
    classifiers.put("poor", wrongBelow(100));
    return Comparison.of(classifiers, numbers(200));
  }

  @Test
  void any_classifier_is_evaluated_with_all_metrics_and_their_intervals() {
    Evaluation evaluation = wrongBelow(20).evaluate(numbers(200));

    assertThat(evaluation.examples()).isEqualTo(200);
    assertThat(evaluation.accuracy()).isEqualTo(0.9);
    assertThat(evaluation.accuracyInterval()).isEqualTo(Interval.wilson(180, 200, 0.95));
    assertThat(evaluation.confusion()).hasToString("[[90, 10], [10, 90]]");
    assertThat(evaluation.loss())
        .isCloseTo(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), within(1e-9));
    assertThat(evaluation.withoutTokens()).isZero();
    Map<String, Interval> intervals = evaluation.intervals(new Bootstrap(50, 0.95, 1));
    assertThat(intervals.keySet())
        .containsExactlyElementsOf(
            CollectedMetric.all().stream().map(CollectedMetric::name).toList());
    assertThat(intervals.get("f1").estimate()).isEqualTo(0.9);
    assertThat(intervals.get("f1").lower()).isBetween(0.8, 0.9);
  }

  @Test
  void areas_are_left_out_where_a_class_has_no_text() {
    LabelledTexts ofOneClass = numbers(200).select(0, 2, 4);

    Evaluation evaluation = wrongBelow(1).evaluate(ofOneClass);

    assertThat(evaluation.metrics())
        .extracting(CollectedMetric::name)
        .containsExactly("f1", "macroF1", "logLoss", "brierScore", "calibrationError");
    assertThat(evaluation.accuracyInterval().estimate()).isEqualTo(2.0 / 3);
  }

  @Test
  void texts_of_which_no_token_is_read_are_counted() {
    Classifier untrained = SmallClassifiers.untrained(2, "no", "yes");
    LabelledTexts texts =
        LabelledTexts.of(
            List.of(
                new LabelledText("the film", "yes"),
                new LabelledText("", "no"),
                new LabelledText(" ", "no")));

    assertThat(untrained.evaluate(texts).withoutTokens()).isEqualTo(2);
    assertThat(MajorityClass.train(texts).evaluate(texts).withoutTokens()).isEqualTo(3);
  }

  @Test
  void batches_of_similar_length_give_each_text_what_it_gets_alone() {
    TextClassifier classifier = SmallClassifiers.untrained(2, "negative", "positive");
    LabelledTexts reviews = SmallClassifiers.reviews(300, 5);

    List<Prediction> together = classifier.predictAll(reviews.texts());

    assertThat(together).isEqualTo(reviews.texts().stream().map(classifier::predict).toList());
  }

  @Test
  void one_sentence_says_whether_the_first_beats_the_best_of_the_others() {
    Comparison better = compared(4, 30);
    assertThat(better.best().name()).isEqualTo("base");
    assertThat(better.entries().get(1).againstFirst()).isEqualTo(new McNemar(200, 26, 0));
    assertThat(better.verdict())
        .isEqualTo(
            "net beats base: accuracy 98.00 % against 85.00 % of 200 texts, "
                + "+13.00 points (+8.05 to +17.69), McNemar's p < 0.001.");
    assertThat(better.verdicts())
        .satisfiesExactly(
            verdict -> assertThat(verdict).isEqualTo(better.verdict()),
            verdict ->
                assertThat(verdict)
                    .startsWith("net beats poor: accuracy 98.00 % against 50.00 % of 200 texts, "));
    assertThat(compared(30, 4).verdict())
        .startsWith("net is beaten by base: accuracy 85.00 % against 98.00 % of 200 texts, -13.00");
    assertThat(compared(10, 12).verdict())
        .startsWith("net does not beat base: ")
        .endsWith("McNemar's p = 0.500, the difference may be chance.");
    assertThat(compared(10, 10).verdict()).endsWith("p = 1.000, both are equally accurate.");
  }

  @Test
  void labels_in_another_order_are_the_same_labels() {
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put("one", wrongBelow(10));
    classifiers.put("other", new Rule(List.of("yes", "no"), wrongBelow(10).yes()));

    Comparison comparison = Comparison.of(classifiers, numbers(100));

    assertThat(comparison.entries().get(1).againstFirst()).isEqualTo(new McNemar(100, 0, 0));
    assertThat(comparison.entries().get(1).evaluation().accuracy()).isEqualTo(0.9);
  }

  @Test
  void what_cannot_be_compared_is_refused() {
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put("one", wrongBelow(10));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(classifiers, numbers(10)))
        .withMessage("Expected two classifiers or more to compare, got 1");
    classifiers.put("other", new Rule(List.of("yes", "maybe"), text -> true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Comparison.of(classifiers, numbers(10)))
        .withMessage(
            "Expected classifiers of the same labels, got [no, yes] and, of other, [yes, maybe]");
  }

  @Test
  void a_cross_validation_judges_every_text_once_by_what_has_not_seen_it() {
    LabelledTexts texts = SmallClassifiers.reviews(60, 2);
    Map<String, CrossValidation.Learner> learners = new LinkedHashMap<>();
    List<LabelledTexts> learned = new ArrayList<>();
    learners.put(
        "seen",
        train -> {
          learned.add(train);
          return MajorityClass.train(train);
        });
    learners.put("majority", MajorityClass::train);
    List<Integer> told = new ArrayList<>();

    CrossValidation result =
        CrossValidation.run(
            Folds.stratified(3).of(texts, 1),
            learners,
            fold -> told.add(fold.first().evaluation().examples()));

    assertThat(told).containsExactly(20, 20, 20);
    assertThat(result.pooled().first().evaluation().examples()).isEqualTo(60);
    assertThat(learned).allSatisfy(train -> assertThat(train.size()).isEqualTo(40));
    assertThat(result.folds()).hasSize(3);
    assertThat(result.difference(1)).isEqualTo(new CrossValidation.Spread(0, 0));
    double pooled = result.pooled().first().evaluation().accuracy();
    assertThat(result.accuracy(0).mean()).as("folds of one size").isCloseTo(pooled, within(1e-12));
  }

  @Test
  void folds_of_several_repeats_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CrossValidation.run(
                    Folds.stratified(2).repeated(2).of(numbers(8), 1), Map.of(), fold -> {}))
        .withMessageEndingWith("got 4 folds of 2 repeats");
  }

  @Test
  void a_cross_validation_of_one_way_to_learn_is_refused_before_anything_is_learned() {
    Map<String, CrossValidation.Learner> alone =
        Map.of(
            "alone",
            train -> {
              throw new AssertionError("learned");
            });
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CrossValidation.run(Folds.stratified(2).of(numbers(8), 1), alone, fold -> {}))
        .withMessage("Expected two classifiers or more to compare, got 1");
  }
}
