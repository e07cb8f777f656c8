package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.testing.RunsOnce;

/** What the readers, the splits and the pipeline make of real data sets. */
@RunsOnce
class DataSetsTest {
  private static LabelledTexts read(String name) {
    return new TsvReader().read(SharedData.file(name));
  }

  private static @Nullable LabelledTexts reviews;

  /** The reviews with their films, read once. */
  private static synchronized LabelledTexts reviews() {
    if (reviews == null) {
      reviews =
          TsvReader.withGroups(
              read("imdb/train.tsv.gz"), SharedData.file("imdb/train.ids.tsv.gz"), 2);
    }
    return reviews;
  }

  @AfterAll
  static void forgetReviews() {
    reviews = null;
  }

  @ParameterizedTest
  @CsvSource({
    "imdb/train.tsv.gz,                0=12500 1=12500",
    "sentiment140/train.tsv.gz,        0=19415 1=17737",
    "semeval/train_binary.tsv.gz,      0=7729 1=19645",
    "semeval/train_3class.tsv.gz,      0=7729 2=22196 4=19645",
    "sst/sst2_train.tsv.gz,            0=3310 1=3610",
    "sst/sst2_dev.tsv.gz,              0=428 1=444",
    "sst/sst2_train_phrases.tsv.gz,    0=34944 1=42672",
    "sst/sst5_train.tsv.gz,            0=1092 1=2218 2=1624 3=2322 4=1288",
    "sst/sst5_dev.tsv.gz,              0=139 1=289 2=229 3=279 4=165"
  })
  void every_row_is_read_and_the_classes_are_balanced_as_recorded(String name, String counts) {
    assertThat(
            read(name).counts().entrySet().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(" ")))
        .isEqualTo(counts);
  }

  @Test
  void the_films_go_with_the_reviews_row_by_row() {
    LabelledTexts reviews = reviews();
    Set<String> films =
        reviews.examples().stream().map(LabelledText::group).collect(Collectors.toSet());
    assertThat(films).hasSize(3456).allMatch(film -> film.matches("tt[0-9]{7}"));
    assertThat(reviews.get(0).group()).isEqualTo("tt0093894");
    assertThat(TsvReader.readColumn(SharedData.file("imdb/train.ids.tsv.gz"), 0))
        .hasSize(25_000)
        .map(id -> id.startsWith("pos/") ? 1 : 0)
        .isEqualTo(reviews.examples().stream().map(e -> Integer.parseInt(e.label())).toList());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void a_tenth_of_the_reviews_shares_no_film_with_the_rest(long seed) {
    LabelledTexts reviews = reviews();
    Split split = Split.grouped(reviews, 0.1, 0, seed);
    assertThat(split.validation().counts()).containsEntry("0", 1250).containsEntry("1", 1250);
    assertThat(split.train().size()).isEqualTo(22_500);
    Set<String> films = new HashSet<>();
    split.train().forEach(review -> films.add(review.group()));
    assertThat(split.validation().examples()).noneMatch(review -> films.contains(review.group()));
    long validationFilms =
        split.validation().examples().stream().map(LabelledText::group).distinct().count();
    // 7.2 reviews a film in all: the validation films are neither the rare nor the frequent ones.
    assertThat(2500.0 / validationFilms).isBetween(6.2, 8.2);
    // Some reviews were posted for two films, so a few texts stand on both sides all the same.
    assertThat(split.overlap().validationRowsInTrain()).isBetween(1, 20);
  }

  @Test
  void a_random_split_of_the_reviews_has_the_same_text_on_both_sides() {
    Split split = Split.stratified(reviews(), 0.1, 0, 1);
    assertThat(split.validation().counts()).containsEntry("0", 1250).containsEntry("1", 1250);
    assertThat(split.overlap().validationRowsInTrain()).isBetween(5, 40);
    assertThat(split.overlap().testRowsInTrain()).isZero();
  }

  @Test
  void the_official_parts_of_the_treebank_share_no_sentence() {
    LabelledTexts train = read("sst/sst2_train.tsv.gz");
    LabelledTexts dev = read("sst/sst2_dev.tsv.gz");
    assertThat(new Split(train, dev, train.select()).overlap().isEmpty()).isTrue();
  }

  @Test
  void reviews_become_ids_without_markup() {
    LabelledTexts reviews = reviews();
    TextPipeline pipeline =
        TextPipeline.builder()
            .maximumVocabularySize(20_000)
            .truncation(Truncation.keepLast(200))
            .fit(reviews.texts());
    assertThat(pipeline.vocabulary().size()).isEqualTo(20_000);
    assertThat(pipeline.vocabulary().words().subList(0, 10))
        .containsExactly("the", ".", ",", "and", "a", "of", "to", "is", "in", "it");
    assertThat(pipeline.vocabulary().contains("don't")).isTrue();
    assertThat(pipeline.vocabulary().contains("br")).isFalse();
    long known = 0;
    long read = 0;
    for (LabelledText review : reviews) {
      int[] ids = pipeline.encode(review.text());
      assertThat(ids.length).isBetween(1, 200);
      for (int id : ids) {
        known += id > 1 ? 1 : 0;
      }
      read += ids.length;
    }
    assertThat((double) known / read).isBetween(0.96, 1.0);
    TextPipeline loaded = TextPipeline.fromJson(pipeline.toJson());
    assertThat(loaded).isEqualTo(pipeline);
    assertThat(pipeline.toJson().getBytes(StandardCharsets.UTF_8).length).isLessThan(300_000);
  }
}
