package org.rnn4j.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Example;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.HostileTexts;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

class TextClassifierTest {
  private static final TextClassifier TWO = SmallClassifiers.untrained(2, "negative", "positive");
  private static final TextClassifier NEURON = SmallClassifiers.untrained(1, "no", "yes");

  @Test
  void a_prediction_names_the_probability_of_each_class() {
    Prediction prediction = TWO.predict("The film is not xyzzy");
    Tensor probabilities =
        TWO.model().predict(Sequences.pack(TWO.pipeline().encode("The film is not xyzzy")));
    assertThat(prediction.probabilities())
        .containsExactly(
            entry("negative", probabilities.get(0, 0)), entry("positive", probabilities.get(0, 1)));
    boolean positive = probabilities.get(0, 1) > probabilities.get(0, 0);
    assertThat(prediction.label()).isEqualTo(positive ? "positive" : "negative");
    assertThat(prediction.probability())
        .isEqualTo(Math.max(probabilities.get(0, 0), probabilities.get(0, 1)));
    assertThat(prediction.tokens()).isEqualTo(5);
    assertThat(prediction.unknownTokens()).isEqualTo(1);
  }

  @Test
  void one_neuron_gives_the_probability_of_the_second_class() {
    double second =
        NEURON.model().predict(Sequences.pack(NEURON.pipeline().encode("not bad"))).get(0, 0);
    Prediction prediction = NEURON.predict("not bad");
    assertThat(prediction.probabilities())
        .containsExactly(entry("no", 1 - second), entry("yes", second));
    assertThat(prediction.label()).isEqualTo(second > 0.5 ? "yes" : "no");
    assertThat(prediction.probability()).isEqualTo(Math.max(second, 1 - second));
  }

  @Test
  void more_classes_than_two_are_told_apart() {
    TextClassifier three = SmallClassifiers.untrained(3, "a", "b", "c");
    Prediction prediction = three.predict("good");
    assertThat(prediction.probabilities()).containsOnlyKeys("a", "b", "c");
    assertThat(prediction.probabilities().values().stream().mapToDouble(p -> p).sum())
        .isCloseTo(1, within(1e-6));
    assertThat(prediction.probability())
        .isEqualTo(Collections.max(prediction.probabilities().values()));
  }

  @Test
  void labels_are_numbers_unless_named() {
    TextClassifier unnamed = new TextClassifier(TWO.pipeline(), TWO.model());
    assertThat(unnamed.labels()).containsExactly("0", "1");
  }

  @Test
  void a_text_without_tokens_gets_what_the_head_makes_of_zeros() {
    Tensor bias = TWO.model().parameter("dense.bias").value();
    bias.set(0, 0.25);
    bias.set(1, -0.5);
    try {
      double expected = 1 / (1 + Math.exp(-0.75));
      for (String text : List.of("", " ", "\0", "\uD83D", "<br />")) {
        Prediction neutral = TWO.predict(text);
        assertThat(neutral.label()).isEqualTo("negative");
        assertThat(neutral.probability()).isCloseTo(expected, within(1e-6));
        assertThat(neutral.tokens()).isZero();
      }
    } finally {
      bias.set(0, 0);
      bias.set(1, 0);
    }
  }

  @Test
  void odd_texts_have_predictions() {
    for (String text :
        List.of(
            "xyzzy plugh", "😀👍🏽🇩🇪", "a\0b", "\uDE00\uD83D good", "good ".repeat(100_000))) {
      Prediction prediction = TWO.predict(text);
      assertThat(prediction.probability()).isBetween(0.5, 1.0);
      assertThat(prediction.tokens()).isPositive();
    }
    assertThat(TWO.predict("xyzzy plugh").unknownTokens()).isEqualTo(2);
    assertThat(TWO.predict("good ".repeat(100_000)).tokens()).isEqualTo(100_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void random_texts_have_predictions(long seed) {
    assertThat(TWO.predict(HostileTexts.random(seed)).probability()).isBetween(0.5, 1.0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void a_text_is_judged_the_same_alone_in_a_list_and_in_a_stream(long seed) {
    List<String> texts = new ArrayList<>(SmallClassifiers.reviews(150, seed).texts());
    texts.add("");
    texts.add("good ".repeat(3000));
    Collections.swap(texts, 0, 151);
    List<Prediction> alone = texts.stream().map(TWO::predict).toList();
    assertThat(TWO.predictAll(texts)).isEqualTo(alone);
    assertThat(TWO.predict(texts.stream())).containsExactlyElementsOf(alone);
  }

  @Test
  void no_texts_give_no_predictions() {
    assertThat(TWO.predictAll(List.of())).isEmpty();
  }

  @Test
  void a_stream_reads_no_more_than_a_batch_ahead_and_may_never_end() {
    AtomicInteger read = new AtomicInteger();
    Stream<String> endless = Stream.generate(() -> "text " + read.incrementAndGet());
    assertThat(TWO.predict(endless).limit(3).toList()).hasSize(3);
    assertThat(read.get()).isEqualTo(64);
  }

  @Test
  void long_texts_make_smaller_batches() {
    AtomicInteger read = new AtomicInteger();
    Stream<String> endless =
        Stream.generate(
            () -> {
              read.incrementAndGet();
              return "good ".repeat(20_000);
            });
    assertThat(TWO.predict(endless).limit(1).toList()).hasSize(1);
    assertThat(read.get()).isEqualTo(2);
  }

  @Test
  void closing_the_predictions_closes_the_texts() {
    AtomicBoolean closed = new AtomicBoolean();
    try (Stream<Prediction> predictions =
        TWO.predict(Stream.of("good").onClose(() -> closed.set(true)))) {
      assertThat(predictions.count()).isEqualTo(1);
    }
    assertThat(closed).isTrue();
  }

  @Test
  void many_threads_get_the_same_predictions() throws Exception {
    List<String> texts = SmallClassifiers.reviews(200, 5).texts();
    List<Prediction> expected = TWO.predictAll(texts);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<List<Prediction>> task = () -> texts.stream().map(TWO::predict).toList();
      for (Future<List<Prediction>> result : threads.invokeAll(Collections.nCopies(8, task))) {
        assertThat(result.get()).isEqualTo(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void an_evaluation_counts_and_averages() {
    LabelledTexts reviews = SmallClassifiers.reviews(70, 3);
    double loss = 0;
    int correct = 0;
    for (LabelledText review : reviews) {
      Prediction prediction = TWO.predict(review.text());
      loss -= Math.log(prediction.probabilities().get(review.label())) / 70;
      correct += prediction.label().equals(review.label()) ? 1 : 0;
    }
    Evaluation evaluation = TWO.evaluate(reviews);
    assertThat(evaluation.examples()).isEqualTo(70);
    assertThat(evaluation.loss()).isCloseTo(loss, within(1e-6));
    assertThat(evaluation.accuracy()).isEqualTo(correct / 70.0);
    assertThat(evaluation.seconds()).isPositive();
  }

  @Test
  void labels_go_by_name_whatever_their_order_in_the_data() {
    LabelledTexts reviews = SmallClassifiers.reviews(70, 3);
    LabelledTexts turned = LabelledTexts.of(reviews.examples(), List.of("positive", "negative"));
    assertThat(turned.labelNumber(0)).isNotEqualTo(reviews.labelNumber(0));
    assertThat(TWO.evaluate(turned).accuracy()).isEqualTo(TWO.evaluate(reviews).accuracy());
    assertThat(TWO.examples(turned).stream().map(Example::label))
        .containsExactlyElementsOf(IntStream.range(0, 70).mapToObj(reviews::labelNumber).toList());
  }

  @Test
  void an_evaluation_needs_texts_of_known_classes() {
    assertThatThrownBy(() -> TWO.evaluate(LabelledTexts.of(List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage("expected at least one text to evaluate on, got none");
    LabelledTexts other =
        LabelledTexts.of(
            List.of(new LabelledText("a", "positive"), new LabelledText("b", "neutral")));
    assertThatThrownBy(() -> TWO.evaluate(other))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "expected one of the labels [negative, positive] of the classifier, got \"neutral\" at"
                + " example 2");
  }

  @Test
  void a_network_that_does_not_fit_labels_or_vocabulary_is_refused() {
    assertThatThrownBy(() -> SmallClassifiers.untrained(3, "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 3 different labels, one for each class of the network, got [a, b]");
    assertThatThrownBy(() -> SmallClassifiers.untrained(2, "a", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 different labels, one for each class of the network, got [a, a]");
    TextPipeline pipeline = TWO.pipeline();
    int ids = pipeline.vocabulary().size();
    assertThatThrownBy(() -> new TextClassifier(pipeline, SmallClassifiers.network(ids - 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected an embedding of %d rows, one for each id of the vocabulary, got %d",
            ids, ids - 1);
    Sequential branches =
        Sequential.builder(1)
            .layer(Concatenate.branch(Embedding.spec(ids, 4)).branch(Embedding.spec(ids - 2, 4)))
            .gru(4)
            .lastState()
            .dense(2, Activation.SOFTMAX)
            .build();
    assertThatThrownBy(() -> new TextClassifier(pipeline, branches))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected an embedding of %d rows, one for each id of the vocabulary, got %d",
            ids, ids - 2);
  }
}
