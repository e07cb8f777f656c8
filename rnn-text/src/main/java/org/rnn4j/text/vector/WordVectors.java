package org.rnn4j.text.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.data.DataException;

/**
 * Pretrained vectors of a vocabulary's words.
 *
 * <pre>{@code
 * WordVectors vectors = WordVectors.read(file, VectorFormat.GLOVE, pipeline.vocabulary());
 * System.out.println(vectors.coverage(pipeline, texts));
 * Embedding.Spec embedding =
 *     Embedding.spec(vectors.table(new RandomStream(seed))).trainable(false);
 * }</pre>
 *
 * <p>A file is read once from front to back and only the rows of the vocabulary are kept, so that
 * one of any size needs little memory. Words are compared as they are: vectors of lower-case words
 * go with a pipeline that makes words lower case.
 */
public final class WordVectors {
  /** As far as the numbers of an {@link Embedding} that starts from nothing reach from 0. */
  private static final double DEFAULT_REACH = 0.05;

  private final Path file;
  private final Vocabulary vocabulary;
  private final int dimension;
  private final Map<String, float[]> rows;
  private final long fileRows;
  private final long duplicates;

  private WordVectors(Path file, Vocabulary vocabulary, int dimension, VectorSink sink) {
    this.file = file;
    this.vocabulary = vocabulary;
    this.dimension = dimension;
    this.rows = sink.rows();
    this.fileRows = sink.read();
    this.duplicates = sink.duplicates();
  }

  /**
   * Reads the vectors of a vocabulary's words from a file.
   *
   * @throws DataException if the file is missing, empty, damaged or not UTF-8, a row has another
   *     number of numbers than the first or the header says, something is not a finite number, or
   *     there are more or fewer rows than the header says
   */
  public static WordVectors read(Path file, VectorFormat format, Vocabulary vocabulary) {
    VectorSink sink = new VectorSink(vocabulary);
    try {
      int dimension =
          switch (format) {
            case GLOVE -> new VectorText(file, sink).read(false);
            case WORD2VEC_TEXT -> new VectorText(file, sink).read(true);
            case WORD2VEC_BINARY -> new VectorBinary(file, sink).read();
          };
      return new WordVectors(file, vocabulary, dimension, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many numbers a vector has. */
  public int dimension() {
    return dimension;
  }

  /** How many rows the file has. */
  public long fileRows() {
    return fileRows;
  }

  /**
   * How many rows were passed over because a row of the same word of the vocabulary came before.
   */
  public long duplicates() {
    return duplicates;
  }

  /** Whether a word of the vocabulary has a vector. */
  public boolean contains(String word) {
    return rows.containsKey(word);
  }

  /**
   * The vector of a word.
   *
   * @throws IllegalArgumentException if it has none
   */
  public float[] vector(String word) {
    float[] row = rows.get(word);
    if (row == null) {
      throw new IllegalArgumentException(
          "Expected a word of the vocabulary with a vector, got \"" + word + "\"");
    }
    return row.clone();
  }

  /**
   * How much of some texts the vectors cover.
   *
   * @param pipeline what makes tokens of the texts; it has the vocabulary of these vectors
   * @throws IllegalArgumentException if it has another
   */
  public Coverage coverage(TextPipeline pipeline, Iterable<String> texts) {
    if (!pipeline.vocabulary().equals(vocabulary)) {
      throw new IllegalArgumentException(
          "Expected a pipeline of the vectors' " + vocabulary + ", got " + pipeline.vocabulary());
    }
    long[] counts = new long[vocabulary.size()];
    long tokens = 0;
    for (String text : texts) {
      List<String> read = pipeline.tokens(text);
      tokens += read.size();
      read.forEach(token -> counts[vocabulary.id(token)]++);
    }
    long coveredTokens = 0;
    Map<String, Long> missing = new LinkedHashMap<>();
    for (int id = Vocabulary.RESERVED; id < counts.length; id++) {
      if (contains(vocabulary.token(id))) {
        coveredTokens += counts[id];
      } else {
        missing.put(vocabulary.token(id), counts[id]);
      }
    }
    Map<String, Long> byFrequency = new LinkedHashMap<>();
    missing.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> byFrequency.put(entry.getKey(), entry.getValue()));
    int words = vocabulary.words().size();
    return new Coverage(words, words - missing.size(), tokens, coveredTokens, byFrequency);
  }

  /**
   * A first table for an embedding, {@code [vocabulary, dimension]} of float32. A row without a
   * vector, that of unknown words included, is drawn uniformly so that its numbers vary as much as
   * those of the vectors do (Kim 2014): within ±√3·σ, σ² being the mean square of all numbers of
   * the vectors; within ±0.05 if there are none. The row of the padding id is zero.
   */
  public Tensor table(RandomStream random) {
    float[] table = new float[Math.multiplyExact(vocabulary.size(), dimension)];
    double reach = reach();
    for (int id = Vocabulary.UNKNOWN; id < vocabulary.size(); id++) {
      float[] row = rows.get(vocabulary.token(id));
      if (row != null) {
        System.arraycopy(row, 0, table, id * dimension, dimension);
        continue;
      }
      // A stream for each word: its row does not depend on which others are missing.
      RandomStream own = random.derive(vocabulary.token(id));
      for (int i = 0; i < dimension; i++) {
        table[id * dimension + i] = (float) ((2 * own.nextDouble() - 1) * reach);
      }
    }
    return Tensor.wrap(Shape.of(vocabulary.size(), dimension), table);
  }

  private double reach() {
    double squares = 0;
    long count = 0;
    for (String word : vocabulary.words()) { // the map's own order is nobody's
      float[] row = rows.get(word);
      if (row != null) {
        count += row.length;
        for (float number : row) {
          squares = Math.fma((double) number, number, squares);
        }
      }
    }
    return count == 0 ? DEFAULT_REACH : Math.sqrt(3 * squares / count);
  }

  /**
   * Makes {@link #table} the table of a network's embedding; rows without a vector are drawn from
   * the network's seed. Whether training changes it is the embedding's own setting.
   *
   * @throws DataException if the embedding has rows of another width
   * @throws IllegalArgumentException if the network does not begin with an embedding of one row for
   *     each id of the vocabulary
   */
  public void fill(Sequential model) {
    Layer first = model.layers().values().iterator().next();
    if (!(first.spec() instanceof Embedding.Spec embedding)
        || embedding.vocabulary() != vocabulary.size()) {
      throw new IllegalArgumentException(
          "Expected a network that begins with an embedding of "
              + vocabulary.size()
              + " rows, one for each id of the vocabulary, got "
              + first.spec());
    }
    if (embedding.size() != dimension) {
      throw DataException.inFile(
          file,
          "vectors of " + embedding.size() + " numbers, as wide as the network's embedding",
          "vectors of " + dimension);
    }
    Parameter table = first.parameters().get(0);
    table.value().assign(table(new RandomStream(model.seed()).derive("vectors")).to(model.type()));
  }
}
