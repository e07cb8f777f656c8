package org.rnn4j.bench.compare;

import java.util.Collections;
import java.util.List;

/**
 * What a row works on, over and over.
 *
 * @param size texts a batch
 * @param length tokens a text, the greatest where they differ
 * @param count different batches
 * @param lengths the lengths in each batch where they differ, longest first; else empty
 */
public record Batches(int size, int length, int count, List<List<Integer>> lengths) {
  /** Batches of texts of one length. */
  public static Batches uniform(int size, int length, int count) {
    return new Batches(size, length, count, List.of());
  }

  /** Batches of texts of the given lengths. */
  public static Batches ragged(List<List<Integer>> lengths) {
    int longest =
        lengths.stream().flatMap(List::stream).mapToInt(Integer::intValue).max().orElse(0);
    return new Batches(lengths.get(0).size(), longest, lengths.size(), List.copyOf(lengths));
  }

  /** Whether the texts differ in length. */
  public boolean isRagged() {
    return !lengths.isEmpty();
  }

  /** The lengths of the texts of one batch. */
  public List<Integer> lengths(int batch) {
    return isRagged() ? lengths.get(batch) : Collections.nCopies(size, length);
  }
}
