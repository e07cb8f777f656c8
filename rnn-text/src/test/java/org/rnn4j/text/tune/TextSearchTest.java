package org.rnn4j.text.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.tune.Dimension;
import org.rnn4j.tune.Halving;
import org.rnn4j.tune.JournalException;
import org.rnn4j.tune.Randomised;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;
import org.rnn4j.tune.Trial;

class TextSearchTest {
  private static final Space SPACE =
      Space.of(Dimension.choice("units", 2, 4), Dimension.real("rate", 0.003, 0.1).log());

  @TempDir Path folder;

  /** Texts whose class hangs on a word, each with a word that no other has. */
  private static LabelledTexts texts(int size) {
    RandomStream random = new RandomStream(3);
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean good = i % 2 == 0;
      String text = "the film " + planted(i) + " was " + (good ? "good" : "bad") + " we think";
      texts.add(new LabelledText(text, good ? "1" : "0", "g" + random.nextInt(12)));
    }
    return LabelledTexts.of(texts);
  }

  private static String planted(int i) {
    return "planted" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
  }

  private static final TextModel MODEL =
      (configuration, train, epochs, seed) ->
          TextClassifier.builder()
              .pipeline(TextPipeline.builder().minimumFrequency(1))
              .network(
                  words ->
                      Sequential.builder(seed)
                          .embedding(words, 4)
                          .gru(configuration.whole("units"))
                          .lastState()
                          .dense(2, Activation.SOFTMAX)
                          .build())
              .training(
                  trainer ->
                      trainer
                          .optimizer(Adam.withDefaults().learningRate(configuration.real("rate")))
                          .batchSize(8)
                          .epochs(epochs)
                          .threads(1));

  private static Search search() {
    return Search.over(SPACE).method(new Randomised(4)).budget(3);
  }

  /** The words of a text that a classifier knows. */
  private static Set<String> known(TextPipeline pipeline, LabelledText text) {
    Set<String> known = new HashSet<>();
    for (String word : text.text().split(" ")) {
      if (pipeline.vocabulary().contains(word)) {
        known.add(word);
      }
    }
    return known;
  }

  @Test
  void no_fold_knows_a_word_that_stands_in_what_it_holds_out_alone() throws Exception {
    LabelledTexts texts = texts(48);
    Predicate<TextPipeline> leaks =
        pipeline ->
            texts.examples().stream()
                    .filter(
                        text ->
                            known(pipeline, text).stream().anyMatch(w -> w.startsWith("planted")))
                    .count()
                > 36;
    AtomicInteger scored = new AtomicInteger();
    TextScore score =
        (classifier, heldOut) -> {
          scored.incrementAndGet();
          assertThat(leaks).rejects(classifier.pipeline());
          for (LabelledText text : heldOut) {
            assertThat(known(classifier.pipeline(), text))
                .contains("the", "film", "was")
                .noneMatch(word -> word.startsWith("planted"));
          }
          return TextScore.ACCURACY.score(classifier, heldOut);
        };

    SearchResult result =
        TextSearch.of(Folds.stratified(4), MODEL).score(score).run(search(), texts, 1);

    assertThat(result.trials()).hasSize(4).allMatch(Trial::complete);
    assertThat(scored).hasValue(16);
    // The same check finds what a vocabulary of all texts would have known.
    TextPipeline whole = TextPipeline.builder().minimumFrequency(1).fit(texts.texts());
    assertThat(leaks).accepts(whole);
    for (Fold fold : Folds.stratified(4).of(texts, 1)) {
      assertThat(fold.heldOut())
          .allMatch(text -> known(whole, text).stream().anyMatch(w -> w.startsWith("planted")));
    }
  }

  @Test
  void the_winner_is_retrained_on_everything() throws Exception {
    LabelledTexts texts = texts(40);
    TextSearch tuning = TextSearch.of(Folds.stratified(2), MODEL);
    SearchResult result =
        tuning.run(Search.over(SPACE).method(Halving.of(6, 2)).budget(18), texts, 1);

    TextClassifier winner = tuning.retrain(result.best(), texts, 1).classifier();

    assertThat(result.best().mean()).isGreaterThan(0.9);
    assertThat(winner.evaluate(texts).accuracy()).isGreaterThan(0.9);
    assertThat(winner.pipeline().vocabulary().contains(planted(0))).isTrue();
    assertThat(winner.pipeline().vocabulary().contains(planted(39))).isTrue();
  }

  private static List<LabelledText> list(LabelledTexts texts) {
    List<LabelledText> list = new ArrayList<>();
    texts.forEach(list::add);
    return list;
  }

  /** Notes what each budget learnt from; three epochs, whatever the budget. */
  private static TextModel noting(Map<Integer, Set<List<LabelledText>>> learnt) {
    return (configuration, train, budget, seed) -> {
      learnt.computeIfAbsent(budget, b -> ConcurrentHashMap.newKeySet()).add(list(train));
      return MODEL.classifier(configuration, train, 3, seed);
    };
  }

  @Test
  void a_budget_of_texts_is_a_share_of_each_class_of_a_folds_training_part() throws Exception {
    LabelledTexts texts = texts(72);
    List<Fold> folds = Folds.stratified(2).of(texts, 1);
    Map<Integer, Set<List<LabelledText>>> learnt = new ConcurrentHashMap<>();
    TextSearch tuning = TextSearch.of(Folds.stratified(2), noting(learnt)).budgetOfTexts(9);
    Search search = Search.over(SPACE).method(Halving.of(9, 1));

    SearchResult result = tuning.run(search.threads(2), texts, 1);

    assertThat(learnt).containsOnlyKeys(1, 3, 9);
    learnt.forEach(
        (budget, parts) -> {
          // Two folds, and on each the same texts for every configuration.
          assertThat(parts).hasSize(2);
          for (List<LabelledText> part : parts) {
            assertThat(part).hasSize(36 * budget / 9);
            assertThat(part).filteredOn(text -> text.label().equals("1")).hasSize(2 * budget);
            assertThat(folds).anyMatch(fold -> list(fold.train()).containsAll(part));
          }
        });
    assertThat(result.trials()).hasSize(9 + 3 + 1).noneMatch(Trial::failed);
    assertThat(tuning.run(search.threads(1), texts, 1).toJson()).isEqualTo(result.toJson());
    assertThat(result.toJson())
        .contains("2 stratified folds, accuracy, budget of 9 parts of the texts");
  }

  @Test
  void a_budget_of_texts_has_whole_groups_where_folds_have() throws Exception {
    LabelledTexts texts = texts(72);
    List<Fold> folds = Folds.grouped(2).of(texts, 1);
    Map<Integer, Set<List<LabelledText>>> learnt = new ConcurrentHashMap<>();

    TextSearch.of(Folds.grouped(2), noting(learnt))
        .budgetOfTexts(2)
        .run(Search.over(SPACE).method(Halving.of(2, 1)), texts, 1);

    assertThat(learnt.get(1)).hasSize(2);
    for (List<LabelledText> part : learnt.get(1)) {
      Set<String> groups = new HashSet<>();
      part.forEach(text -> groups.add(String.valueOf(text.group())));
      List<LabelledText> train =
          folds.stream()
              .map(fold -> list(fold.train()))
              .filter(all -> all.containsAll(part))
              .findFirst()
              .orElseThrow();
      assertThat(part)
          .hasSizeBetween(1, train.size() - 1)
          .containsExactlyElementsOf(
              train.stream().filter(text -> groups.contains(text.group())).toList());
    }
  }

  @Test
  void threads_and_a_journal_change_no_byte() throws Exception {
    LabelledTexts texts = texts(40);
    TextSearch tuning = TextSearch.of(Folds.stratified(2).repeated(2), MODEL);
    String one = tuning.run(search().threads(1), texts, 1).toJson();

    Path journal = folder.resolve("journal");
    assertThat(tuning.run(search().threads(3).journal(journal), texts, 1).toJson()).isEqualTo(one);
    assertThat(tuning.run(search().threads(2).journal(journal), texts, 1).toJson()).isEqualTo(one);
    assertThat(tuning.run(search(), texts, 2).toJson()).isNotEqualTo(one);
  }

  @Test
  void a_journal_of_other_texts_folds_or_scores_is_refused() throws Exception {
    Path journal = folder.resolve("journal");
    TextSearch tuning = TextSearch.of(Folds.stratified(2), MODEL);
    tuning.run(search().journal(journal), texts(20), 1);

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> tuning.run(search().journal(journal), texts(22), 1))
        .withMessageContaining("expected subject \"22 texts ")
        .withMessageContaining("got \"20 texts ");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(
            () ->
                TextSearch.of(Folds.grouped(2), MODEL).run(search().journal(journal), texts(20), 1))
        .withMessageContaining("2 grouped folds, accuracy\", got");
    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(
            () ->
                tuning.score(TextScore.NEGATIVE_LOSS).run(search().journal(journal), texts(20), 1))
        .withMessageContaining("2 stratified folds, negative loss\", got");
  }

  @Test
  void a_nested_search_scores_on_texts_that_no_part_of_it_has_seen() throws Exception {
    LabelledTexts texts = texts(48);
    Set<LabelledText> unseen = new HashSet<>();
    TextModel watched =
        (configuration, train, budget, seed) -> {
          synchronized (unseen) {
            assertThat(train).doesNotContainAnyElementsOf(unseen);
          }
          return MODEL.classifier(configuration, train, budget, seed);
        };
    List<Fold> outer = Folds.stratified(3).of(texts, 1);

    List<TextSearch.Outer> nested =
        TextSearch.of(Folds.stratified(2), watched)
            .nested(
                Folds.stratified(3),
                number -> {
                  synchronized (unseen) {
                    unseen.clear();
                    unseen.addAll(outer.get(number).heldOut().examples());
                  }
                  return Search.over(SPACE).method(new Randomised(2)).budget(12);
                },
                texts,
                1);

    assertThat(nested).extracting(TextSearch.Outer::fold).isEqualTo(outer);
    assertThat(nested).allMatch(one -> one.search().trials().stream().allMatch(Trial::complete));
    assertThat(nested).extracting(TextSearch.Outer::score).allMatch(score -> score > 0.6);
  }

  @Test
  void folds_that_texts_do_not_do_for_are_refused_before_work_starts() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> TextSearch.of(Folds.stratified(5), MODEL).run(search(), texts(8), 1))
        .withMessageStartingWith("expected at least 5 texts of each class");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                TextSearch.of(Folds.stratified(4), MODEL)
                    .nested(Folds.stratified(2), i -> search(), texts(12), 1))
        .withMessageStartingWith("expected at least 4 texts of each class");
  }
}
