package org.rnn4j.sequence;

import java.util.List;

/**
 * Examples packed together.
 *
 * @param sequences the packed token ids
 * @param labels the class of each sequence, in original order
 */
public record Batch(Sequences sequences, int[] labels) {
  /** Packs examples in the order given. */
  public static Batch of(List<Example> examples) {
    return new Batch(
        Sequences.pack(examples.stream().map(Example::ids).toList()),
        examples.stream().mapToInt(Example::label).toArray());
  }

  /** The number of examples. */
  public int size() {
    return labels.length;
  }
}
