package org.rnn4j.text.vector;

import java.util.HashMap;
import java.util.Map;
import org.rnn4j.text.Vocabulary;

/** Keeps the rows of a vocabulary's words, the first where a word comes again. */
final class VectorSink {
  private final Vocabulary vocabulary;
  private final Map<String, float[]> rows = new HashMap<>();
  private long read;
  private long duplicates;

  VectorSink(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Counts a row; whether its numbers are wanted. */
  boolean wants(String word) {
    read++;
    if (rows.containsKey(word)) {
      duplicates++;
      return false;
    }
    return vocabulary.contains(word);
  }

  /** Keeps the numbers of a row that was wanted. */
  void put(String word, float[] numbers) {
    rows.put(word, numbers);
  }

  /** The numbers of each word that the file has. */
  Map<String, float[]> rows() {
    return rows;
  }

  long read() {
    return read;
  }

  long duplicates() {
    return duplicates;
  }
}
