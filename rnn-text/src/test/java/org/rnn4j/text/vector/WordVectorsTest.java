package org.rnn4j.text.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.Vocabulary.UnknownTokens;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.SharedData;
import org.rnn4j.text.data.TestFiles;
import org.rnn4j.text.data.TsvReader;

class WordVectorsTest {
  private static final Vocabulary WORDS =
      Vocabulary.of(List.of("film", "good", "rare", "bad"), UnknownTokens.KEEP);

  @TempDir Path folder;

  private WordVectors vectors() {
    Path file = TestFiles.write(folder.resolve("v.txt"), "good 1 -2\nother 9 9\nbad 3 0\n");
    return WordVectors.read(file, VectorFormat.GLOVE, WORDS);
  }

  private static Sequential network(int size, boolean trainable) {
    return Sequential.builder(7)
        .layer(Embedding.spec(WORDS.size(), size).trainable(trainable))
        .gru(3)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  @Test
  void a_table_has_the_vectors_by_id_and_draws_the_other_rows_to_their_scale() {
    Tensor table = vectors().table(new RandomStream(5));
    assertThat(table.shape()).isEqualTo(Shape.of(6, 2));
    assertThat(table.type()).isEqualTo(DType.FLOAT32);
    assertThat(new float[] {table.floats()[6], table.floats()[7]}).containsExactly(1f, -2f);
    assertThat(new float[] {table.floats()[10], table.floats()[11]}).containsExactly(3f, 0f);
    assertThat(new float[] {table.floats()[0], table.floats()[1]}).containsExactly(0f, 0f);
    // The mean square of 1, -2, 3, 0 is 3.5.
    double reach = Math.sqrt(3 * 3.5);
    for (int i : new int[] {2, 3, 4, 5, 8, 9}) {
      assertThat((double) table.floats()[i]).isBetween(-reach, reach).isNotZero();
    }
    assertThat(vectors().table(new RandomStream(5)).floats()).isEqualTo(table.floats());
    assertThat(vectors().table(new RandomStream(6)).floats()).isNotEqualTo(table.floats());
  }

  @Test
  void drawn_rows_vary_as_much_as_the_vectors() {
    List<String> many = IntStream.range(0, 2000).mapToObj(i -> "missing" + i).toList();
    Path file = TestFiles.write(folder.resolve("v.txt"), "missing0 0.5 -0.5 0.5\n");
    WordVectors vectors =
        WordVectors.read(file, VectorFormat.GLOVE, Vocabulary.of(many, UnknownTokens.KEEP));
    double squares = 0;
    double sum = 0;
    float[] table = vectors.table(new RandomStream(1)).floats();
    for (int i = 9; i < table.length; i++) {
      sum += table[i];
      squares += table[i] * table[i];
    }
    assertThat(Math.sqrt(squares / (table.length - 9))).isCloseTo(0.5, within(0.02));
    assertThat(sum / (table.length - 9)).isCloseTo(0, within(0.02));
  }

  @Test
  void a_row_without_a_vector_does_not_depend_on_which_others_have_one() {
    Path all = TestFiles.write(folder.resolve("a.txt"), "good 1 2\nfilm 2 1\n");
    Path few = TestFiles.write(folder.resolve("f.txt"), "good 1 2\n");
    float[] withFilm =
        WordVectors.read(all, VectorFormat.GLOVE, WORDS).table(new RandomStream(1)).floats();
    float[] without =
        WordVectors.read(few, VectorFormat.GLOVE, WORDS).table(new RandomStream(1)).floats();
    // The mean square of the numbers is 2.5 in both.
    assertThat(withFilm[8]).isEqualTo(without[8]).isNotZero();
    assertThat(withFilm[4]).isEqualTo(2f).isNotEqualTo(without[4]);
  }

  @Test
  void vectors_of_no_word_leave_a_table_like_a_fresh_embedding() {
    Path file = TestFiles.write(folder.resolve("v.txt"), "other 9 9\n");
    float[] table =
        WordVectors.read(file, VectorFormat.GLOVE, WORDS).table(new RandomStream(1)).floats();
    for (int i = 2; i < table.length; i++) {
      assertThat(table[i]).isBetween(-0.05f, 0.05f).isNotZero();
    }
  }

  @Test
  void coverage_counts_words_and_tokens_and_names_frequent_words_without_a_vector() {
    TextPipeline pipeline =
        TextPipeline.builder().fit(List.of("film film film good good bad bad rare rare rare"));
    Path file = TestFiles.write(folder.resolve("v.txt"), "good 1 -2\nbad 3 0\n");
    WordVectors vectors = WordVectors.read(file, VectorFormat.GLOVE, pipeline.vocabulary());
    Coverage coverage = vectors.coverage(pipeline, List.of("a good film", "rare rare film bad"));
    assertThat(coverage.words()).isEqualTo(4);
    assertThat(coverage.coveredWords()).isEqualTo(2);
    assertThat(coverage.tokens()).isEqualTo(7);
    assertThat(coverage.coveredTokens()).isEqualTo(2);
    assertThat(coverage.missing())
        .containsExactlyInAnyOrderEntriesOf(Map.of("film", 2L, "rare", 2L));
    assertThat(vectors.coverage(pipeline, List.of("rare rare film good")))
        .hasToString(
            "2 of 4 words and 1 of 4 tokens have a vector; the most frequent words without: rare"
                + " (2), film (1)");
    assertThat(vectors.coverage(pipeline, List.of()).tokens()).isZero();
  }

  @Test
  void coverage_needs_the_pipeline_of_the_same_words() {
    TextPipeline other = TextPipeline.builder().fit(List.of("a a"));
    assertThatThrownBy(() -> vectors().coverage(other, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected a pipeline of the vectors' Vocabulary[size=6, unknownTokens=KEEP], got"
                + " Vocabulary[size=3, unknownTokens=KEEP]");
  }

  @Test
  void a_word_s_vector_is_a_copy_and_a_word_without_one_is_refused() {
    WordVectors vectors = vectors();
    vectors.vector("good")[0] = 8;
    assertThat(vectors.vector("good")).containsExactly(1f, -2f);
    assertThat(vectors.contains("good")).isTrue();
    assertThat(vectors.contains("other")).isFalse();
    assertThatThrownBy(() -> vectors.vector("rare"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a word of the vocabulary with a vector, got \"rare\"");
  }

  @Test
  void an_embedding_is_filled_frozen_or_trainable_and_in_either_type() {
    for (boolean trainable : new boolean[] {true, false}) {
      Sequential model = network(2, trainable);
      vectors().fill(model);
      assertThat(model.parameter("embedding.table").value().get(3, 1)).isEqualTo(-2);
      assertThat(model.parameter("embedding.table").isDifferentiable()).isEqualTo(trainable);
    }
    Sequential doubles = network(2, true).to(DType.FLOAT64);
    vectors().fill(doubles);
    assertThat(doubles.parameter("embedding.table").value().get(5, 0)).isEqualTo(3);
  }

  @Test
  void a_network_that_has_predicted_sees_its_new_vectors() {
    TextPipeline pipeline =
        new TextPipeline(TextCleaner.standard(), Tokenizer.standard(), WORDS, Truncation.none());
    Sequential model = network(2, true);
    TextClassifier classifier = new TextClassifier(pipeline, model);
    double before = classifier.predict("good film").probability();
    vectors().fill(model);
    Sequential fresh = network(2, true);
    vectors().fill(fresh);
    assertThat(classifier.predict("good film").probability())
        .isNotEqualTo(before)
        .isEqualTo(new TextClassifier(pipeline, fresh).predict("good film").probability());
  }

  @Test
  void an_embedding_of_another_width_or_another_vocabulary_is_refused() {
    Path file = folder.resolve("v.txt");
    WordVectors vectors = vectors();
    assertThatThrownBy(() -> vectors.fill(network(3, true)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": expected vectors of 3 numbers, as wide as the network's embedding, got vectors"
                + " of 2");
    Sequential other =
        Sequential.builder(1).embedding(9, 2).lastState().dense(2, Activation.SOFTMAX).build();
    assertThatThrownBy(() -> vectors.fill(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Expected a network that begins with an embedding of 6 rows, one for each id of the"
                + " vocabulary, got ");
  }

  @Test
  void a_classifier_is_trained_from_vectors_which_stay_where_they_are_frozen() {
    Path file = TestFiles.write(folder.resolve("v.txt"), "good 1 -2\nbad 3 0\n");
    LabelledTexts texts =
        LabelledTexts.of(
            List.of(
                new LabelledText("good good film", "positive"),
                new LabelledText("bad bad film", "negative")));
    TextClassifier classifier =
        TextClassifier.builder()
            .vectors(words -> WordVectors.read(file, VectorFormat.GLOVE, words))
            .network(
                ids ->
                    Sequential.builder(3)
                        .layer(Embedding.spec(ids, 2).trainable(false))
                        .gru(4)
                        .lastState()
                        .dense(2, Activation.SOFTMAX)
                        .build())
            .training(trainer -> trainer.epochs(2))
            .fit(texts)
            .classifier();
    int good = classifier.pipeline().vocabulary().id("good");
    Tensor table = classifier.model().parameter("embedding.table").value();
    assertThat(table.get(good, 0)).isEqualTo(1);
    assertThat(table.get(good, 1)).isEqualTo(-2);
  }

  @Test
  void real_vectors_cover_reviews() {
    Path file = SharedData.file("wordvec/glove.6B.50d.head.txt.gz");
    List<String> texts = new TsvReader().read(SharedData.file("sst/sst2_train.tsv.gz")).texts();
    TextPipeline pipeline = TextPipeline.builder().fit(texts);
    WordVectors vectors = WordVectors.read(file, VectorFormat.GLOVE, pipeline.vocabulary());
    assertThat(vectors.dimension()).isEqualTo(50);
    assertThat(vectors.fileRows()).isEqualTo(9163);
    assertThat(vectors.duplicates()).isZero();
    assertThat(vectors.vector("the")[0]).isEqualTo(0.418f);
    Coverage coverage = vectors.coverage(pipeline, texts);
    assertThat((double) coverage.coveredWords() / coverage.words()).isBetween(0.4, 0.7);
    assertThat((double) coverage.coveredTokens() / coverage.tokens()).isBetween(0.8, 0.9);
    assertThat(List.copyOf(coverage.missing().values()))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void the_sample_of_the_wider_vectors_is_read() {
    Path file = SharedData.file("wordvec/glove.6B.100d.sample.txt.gz");
    Vocabulary words = Vocabulary.of(List.of("the"), UnknownTokens.KEEP);
    WordVectors vectors = WordVectors.read(file, VectorFormat.GLOVE, words);
    assertThat(vectors.dimension()).isEqualTo(100);
    assertThat(vectors.vector("the")).startsWith(-0.038194f, -0.24487f, 0.72812f);
  }
}
