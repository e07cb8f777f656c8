package org.rnn4j.text.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.HostileTexts;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Token;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.Vocabulary.UnknownTokens;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.TokenWeight.Reading;

class ExplainerTest {
  private static final List<String> TEXTS =
      List.of("the film was good, the plot was not", "a bad film, a bad plot", "not a good one");
  private static final TextPipeline PIPELINE =
      TextPipeline.builder().minimumFrequency(1).fit(TEXTS);

  private static Sequential.Builder start() {
    return Sequential.builder(5).embedding(PIPELINE.vocabulary().size(), 8);
  }

  private static TextClassifier classifier(Sequential.Builder network) {
    return new TextClassifier(PIPELINE, network.build());
  }

  private static TextClassifier attentive(int hops) {
    return classifier(
        start()
            .bidirectional(Gru.spec(6))
            .layer(Attention.structured(5, hops))
            .dense(2, Activation.SOFTMAX));
  }

  static Stream<TextClassifier> networks() {
    return Stream.of(
        classifier(start().gru(9).lastState().dense(2, Activation.SOFTMAX)),
        classifier(start().lstm(9).meanOverTime().dense(1, Activation.SIGMOID)),
        classifier(start().gru(9).maxOverTime().dense(4, Activation.SOFTMAX)),
        classifier(start().type(DType.FLOAT64).gru(9).lastState().dense(1, Activation.SIGMOID)),
        attentive(2));
  }

  private static String review(long seed, int words) {
    RandomStream random = new RandomStream(seed).derive("review");
    List<String> all = PIPELINE.vocabulary().words();
    List<String> review = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      review.add(random.nextInt(6) == 0 ? "xyzzy" : all.get(random.nextInt(all.size())));
    }
    return String.join(" ", review);
  }

  /** log(p / (1 − p)) of a class, for texts alone. */
  private static double logOdds(TextClassifier classifier, int label, int[] ids) {
    Tensor logits = classifier.model().logits(Sequences.pack(ids));
    if (logits.columns() == 1) {
      return label == 1 ? logits.get(0, 0) : -logits.get(0, 0);
    }
    List<Double> others = new ArrayList<>();
    for (int j = 0; j < logits.columns(); j++) {
      if (j != label) {
        others.add(logits.get(0, j));
      }
    }
    double greatest = others.stream().max(Double::compare).orElseThrow();
    double sum = 0;
    for (double other : others) {
      sum += StrictMath.exp(other - greatest);
    }
    return logits.get(0, label) - greatest - StrictMath.log(sum);
  }

  private static int[] without(int[] ids, int place) {
    List<Integer> rest = new ArrayList<>(Arrays.stream(ids).boxed().toList());
    rest.remove(place);
    return rest.stream().mapToInt(Integer::intValue).toArray();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void occlusion_is_what_the_log_odds_lose_when_a_token_is_taken_out_bit_for_bit(
      TextClassifier classifier) {
    for (int words : new int[] {1, 2, 17, 200}) { // 200 tokens are more than one batch
      String text = review(words, words);
      int[] ids = PIPELINE.encode(text);
      int label = classifier.labels().indexOf(classifier.predict(text).label());
      double whole = logOdds(classifier, label, ids);

      Explanation explanation = Explainer.byOcclusion(classifier).explain(text);

      assertThat(explanation.method()).isEqualTo(Method.OCCLUSION);
      assertThat(explanation.prediction()).isEqualTo(classifier.predict(text));
      assertThat(explanation.tokens()).hasSize(words).allMatch(token -> token.hops().isEmpty());
      for (int i = 0; i < words; i++) {
        assertThat(explanation.tokens().get(i).weight())
            .as("token %d of %d", i, words)
            .isEqualTo(whole - logOdds(classifier, label, without(ids, i)));
      }
      assertThat(explanation.tokens()).anyMatch(token -> token.weight() != 0);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void log_odds_are_those_of_the_predicted_probability(TextClassifier classifier) {
    String text = "not a good film";
    double probability = classifier.predict(text).probability();
    int label = classifier.labels().indexOf(classifier.predict(text).label());

    assertThat(logOdds(classifier, label, PIPELINE.encode(text)))
        .isCloseTo(Math.log(probability / (1 - probability)), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void attention_is_the_mean_of_the_weights_that_the_hops_give(int hops) {
    TextClassifier classifier = attentive(hops);
    String text = "the film was not good, xyzzy!";
    double[][] expected = classifier.model().attention(Sequences.pack(PIPELINE.encode(text)))[0];

    Explanation explanation = Explainer.of(classifier).explain(text);

    assertThat(explanation.method()).isEqualTo(Method.ATTENTION);
    assertThat(explanation.tokens()).hasSize(8);
    double sum = 0;
    for (int i = 0; i < 8; i++) {
      TokenWeight token = explanation.tokens().get(i);
      double mean = 0;
      for (int hop = 0; hop < hops; hop++) {
        assertThat(token.hops().get(hop)).isEqualTo(expected[hop][i]);
        mean += expected[hop][i] / hops;
      }
      assertThat(token.hops()).hasSize(hops);
      assertThat(token.weight()).isCloseTo(mean, within(1e-15));
      sum += token.weight();
    }
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void attention_explains_where_there_is_one_and_occlusion_otherwise() {
    TextClassifier without = classifier(start().gru(4).lastState().dense(2, Activation.SOFTMAX));
    TextClassifier within =
        classifier(
            start()
                .layer(
                    Concatenate.branch(Attention.additive(4))
                        .branch(OverTime.spec(OverTime.Take.MAX)))
                .dense(2, Activation.SOFTMAX));

    assertThat(Explainer.of(without).method()).isEqualTo(Method.OCCLUSION);
    assertThat(Explainer.of(within).method()).isEqualTo(Method.ATTENTION);
    assertThat(Explainer.byOcclusion(within).method()).isEqualTo(Method.OCCLUSION);
    assertThatThrownBy(() -> Explainer.byAttention(without))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a network with attention to explain by it, got one of the layers embedding,"
                + " gru, over_time, dense; occlusion explains any network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "<br />"})
  void a_text_without_tokens_has_a_prediction_and_no_weights(String text) {
    for (TextClassifier classifier : networks().toList()) {
      Explanation explanation = Explainer.of(classifier).explain(text);

      assertThat(explanation.prediction()).isEqualTo(classifier.predict(""));
      assertThat(explanation.tokens()).isEmpty();
      assertThat(explanation.strongest(3)).isEmpty();
      assertThat(joined(explanation)).isEqualTo(text);
    }
  }

  @Test
  void tokens_that_the_network_does_not_read_have_no_weight() {
    TextPipeline pipeline =
        TextPipeline.builder()
            .minimumFrequency(1)
            .stopWords(StopWords.of(List.of("was")))
            .truncation(Truncation.keepLast(3))
            .fit(TEXTS);
    TextClassifier classifier = new TextClassifier(pipeline, attentive(2).model());

    for (Explainer explainer :
        List.of(Explainer.byAttention(classifier), Explainer.byOcclusion(classifier))) {
      Explanation explanation = explainer.explain("The plot was: xyzzy, not good");

      assertThat(explanation.tokens())
          .extracting(token -> token.token().text() + " " + token.reading())
          .containsExactly(
              "the CUT_OFF",
              "plot CUT_OFF",
              "was LEFT_OUT",
              ": CUT_OFF",
              "xyzzy CUT_OFF",
              ", KNOWN",
              "not KNOWN",
              "good KNOWN");
      assertThat(explanation.tokens())
          .allMatch(token -> token.isRead() == (token.weight() != 0))
          .allMatch(token -> token.isRead() || token.hops().isEmpty());
      assertThat(explanation.prediction().tokens()).isEqualTo(3);
    }
    assertThat(Explainer.of(classifier).explain("was was").tokens())
        .extracting(TokenWeight::reading)
        .containsExactly(Reading.LEFT_OUT, Reading.LEFT_OUT);
  }

  @Test
  void unknown_tokens_are_marked_or_left_out() {
    TextPipeline dropping =
        TextPipeline.builder().minimumFrequency(1).unknownTokens(UnknownTokens.DROP).fit(TEXTS);
    Sequential model = classifier(start().gru(4).lastState().dense(2, Activation.SOFTMAX)).model();

    assertThat(Explainer.of(new TextClassifier(PIPELINE, model)).explain("good xyzzy").tokens())
        .extracting(TokenWeight::reading)
        .containsExactly(Reading.KNOWN, Reading.UNKNOWN);
    assertThat(Explainer.of(new TextClassifier(dropping, model)).explain("good xyzzy").tokens())
        .extracting(TokenWeight::reading)
        .containsExactly(Reading.KNOWN, Reading.LEFT_OUT);
  }

  @Test
  void words_that_speak_for_the_class_weigh_more_than_nothing_and_others_less() {
    List<LabelledText> examples = new ArrayList<>();
    for (String thing : List.of("film", "book", "meal", "room", "song", "game")) {
      examples.add(new LabelledText("a great " + thing, "positive"));
      examples.add(new LabelledText("great great " + thing + " dull", "positive"));
      examples.add(new LabelledText("a dull " + thing, "negative"));
      examples.add(new LabelledText("dull dull " + thing + " great", "negative"));
    }
    TextClassifier classifier =
        TextClassifier.builder()
            .pipeline(TextPipeline.builder().minimumFrequency(1))
            .network(
                ids ->
                    Sequential.builder(1)
                        .embedding(ids, 8)
                        .gru(8)
                        .meanOverTime()
                        .dense(2, Activation.SOFTMAX)
                        .build())
            .training(
                trainer ->
                    trainer
                        .optimizer(Adam.withDefaults().learningRate(0.02))
                        .batchSize(4)
                        .epochs(25))
            .fit(LabelledTexts.of(examples))
            .classifier();

    Explanation explanation = Explainer.of(classifier).explain("dull dull film great");

    assertThat(explanation.prediction().label()).isEqualTo("negative");
    assertThat(explanation.tokens().get(0).weight()).isGreaterThan(0.5);
    assertThat(explanation.tokens().get(1).weight()).isGreaterThan(0.5);
    assertThat(explanation.tokens().get(3).weight()).isLessThan(-0.5);
    assertThat(explanation.strongest(1).get(0).token().text()).isNotEqualTo("film");
  }

  @Test
  void the_strongest_tokens_come_first_whatever_their_sign() {
    Explanation explanation =
        explanation("a b c d", weight("a", 0, 0.5), weight("b", 2, -2), weight("c", 4, 0.5));

    assertThat(explanation.strongest(2))
        .extracting(token -> token.token().text())
        .containsExactly("b", "a");
    assertThat(explanation.strongest(9)).hasSize(3);
  }

  @Test
  void pieces_show_tokens_of_one_place_together() {
    Explanation explanation =
        explanation(
            "a½b yes.",
            new TokenWeight(new Token("a1", 0, 2), Reading.KNOWN, 0.5, List.of()),
            new TokenWeight(new Token("⁄", 1, 2), Reading.UNKNOWN, 0.25, List.of()),
            new TokenWeight(new Token("2b", 1, 3), Reading.KNOWN, -1, List.of()),
            new TokenWeight(new Token("yes", 4, 7), Reading.CUT_OFF, 0, List.of()));

    assertThat(explanation.pieces())
        .extracting(Explanation.Piece::text)
        .containsExactly("a½b", " ", "yes", ".");
    assertThat(explanation.pieces())
        .extracting(Explanation.Piece::weight)
        .containsExactly(-0.25, 0.0, 0.0, 0.0);
    assertThat(explanation.pieces())
        .extracting(Explanation.Piece::isRead)
        .containsExactly(true, false, false, false);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void pieces_give_any_text_to_the_char_with_every_token_once(long seed) {
    String text = HostileTexts.random(seed);
    TextClassifier classifier = attentive(1);

    Explanation explanation = Explainer.of(classifier).explain(text);

    assertThat(joined(explanation)).isEqualTo(text);
    assertThat(explanation.pieces().stream().flatMap(piece -> piece.tokens().stream()))
        .containsExactlyElementsOf(explanation.tokens());
    assertThat(explanation.tokens().stream().filter(TokenWeight::isRead).count())
        .isEqualTo(explanation.prediction().tokens());
    assertThat(explanation.tokens().stream().filter(t -> t.reading() == Reading.UNKNOWN).count())
        .isEqualTo(explanation.prediction().unknownTokens());
  }

  private static String joined(Explanation explanation) {
    StringBuilder text = new StringBuilder();
    explanation.pieces().forEach(piece -> text.append(piece.text()));
    return text.toString();
  }

  private static TokenWeight weight(String token, int start, double weight) {
    return new TokenWeight(
        new Token(token, start, start + token.length()), Reading.KNOWN, weight, List.of());
  }

  private static Explanation explanation(String text, TokenWeight... tokens) {
    return new Explanation(text, attentive(1).predict(text), Method.OCCLUSION, List.of(tokens));
  }
}
