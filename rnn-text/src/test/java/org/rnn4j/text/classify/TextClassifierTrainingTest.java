package org.rnn4j.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.optim.Adam;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;

class TextClassifierTrainingTest {
  @TempDir Path folder;

  private static TextClassifierBuilder builder(int outputs, int epochs) {
    return TextClassifier.builder()
        .pipeline(TextPipeline.builder().truncation(Truncation.keepLast(8)))
        .network(ids -> SmallClassifiers.network(ids, outputs))
        .training(
            trainer ->
                trainer
                    .optimizer(Adam.withDefaults().learningRate(0.01))
                    .batchSize(8)
                    .epochs(epochs));
  }

  @Test
  void a_classifier_learns_that_not_turns_a_verdict_round() {
    Split split = Split.stratified(SmallClassifiers.reviews(600, 1), 0.2, 0.2, 1);
    for (int outputs = 1; outputs <= 2; outputs++) {
      TextClassifier.Trained trained = builder(outputs, 8).fit(split.train(), split.validation());
      assertThat(trained.history().epochs()).hasSize(8);
      assertThat(trained.history().last().validation()).isNotNull();
      assertThat(trained.history().last().validation().metric("accuracy")).isGreaterThan(0.98);
      TextClassifier classifier = trained.classifier();
      Evaluation evaluation = classifier.evaluate(split.test());
      assertThat(evaluation.accuracy()).isGreaterThan(0.98);
      assertThat(evaluation.loss()).isLessThan(0.1);
      assertThat(classifier.predict("The plot is NOT bad").label()).isEqualTo("positive");
      assertThat(classifier.predict("not good , the film").label()).isEqualTo("negative");
      assertThat(classifier.pipeline().truncation()).isEqualTo(Truncation.keepLast(8));
      assertThat(classifier.labels()).containsExactly("negative", "positive");
    }
  }

  @Test
  void fewer_texts_than_a_batch_are_learned_from() {
    LabelledTexts few =
        LabelledTexts.of(List.of(new LabelledText("good", "1"), new LabelledText("bad", "0")));
    TextClassifier.Trained trained =
        builder(2, 1).pipeline(TextPipeline.builder().minimumFrequency(1)).fit(few);
    assertThat(trained.history().last().training().examples()).isEqualTo(2);
    assertThat(trained.history().last().validation()).isNull();
    assertThat(trained.classifier().pipeline().vocabulary().words()).containsExactly("bad", "good");
  }

  @Test
  void texts_without_tokens_are_learned_from_too() {
    LabelledTexts texts =
        LabelledTexts.of(List.of(new LabelledText("", "1"), new LabelledText("\0", "0")));
    assertThat(builder(2, 1).fit(texts).classifier().predict("").probability()).isBetween(0.5, 1.0);
  }

  @Test
  void one_class_alone_is_refused() {
    LabelledTexts one =
        LabelledTexts.of(
            List.of(new LabelledText("good", "1"), new LabelledText("fine", "1")),
            List.of("0", "1"));
    assertThatThrownBy(() -> builder(2, 1).fit(one))
        .isInstanceOf(DataException.class)
        .hasMessage("expected texts of at least two classes to learn from, got 2 texts, all of 1");
    assertThatThrownBy(() -> builder(2, 1).fit(LabelledTexts.of(List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage("expected texts of at least two classes to learn from, got 0 texts");
  }

  @Test
  void a_training_needs_a_network_of_as_many_classes() {
    LabelledTexts reviews = SmallClassifiers.reviews(20, 1);
    assertThatThrownBy(() -> TextClassifier.builder().fit(reviews))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a network to train, got none; call network(…)");
    assertThatThrownBy(() -> builder(3, 1).fit(reviews))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected 3 different labels, one for each class of the network, got [negative,"
                + " positive]");
  }

  @Test
  void the_same_texts_and_seeds_give_the_same_file() throws IOException {
    LabelledTexts reviews = SmallClassifiers.reviews(100, 2);
    Path first = folder.resolve("first.rnn");
    Path second = folder.resolve("second.rnn");
    builder(2, 2).fit(reviews).classifier().save(first);
    builder(2, 2).fit(reviews).classifier().save(second);
    assertThat(second).hasSameBinaryContentAs(first);
    builder(2, 2).fit(reviews.select(0, 1, 2, 3, 4, 5, 6, 7)).classifier().save(second);
    assertThat(Files.mismatch(first, second)).isNotNegative();
  }
}
