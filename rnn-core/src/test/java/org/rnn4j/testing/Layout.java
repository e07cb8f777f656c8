package org.rnn4j.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.RandomStream;

/** Small batches that stand for every kind of length a layer meets. */
public enum Layout {
  /** Unequal lengths, out of order. */
  RAGGED(3, 1, 5, 2),
  /** Equal lengths. */
  EVEN(3, 3),
  /** One text. */
  ONE_TEXT(4),
  /** One token in each text. */
  LENGTH_ONE(1, 1, 1),
  /** One token in all. */
  ONE_TOKEN(1),
  /** Texts without tokens among others. */
  WITH_EMPTY(0, 3, 0, 2),
  /** No token in all. */
  ONLY_EMPTY(0, 0);

  private final int[] lengths;

  Layout(int... lengths) {
    this.lengths = lengths;
  }

  /** The lengths in original order. */
  public int[] lengths() {
    return lengths.clone();
  }

  /** The layout without ids. */
  public Sequences sequences() {
    return Sequences.ofLengths(lengths);
  }

  /** The layout with random ids. */
  public Sequences sequences(RandomStream random, int vocabulary) {
    List<int[]> texts =
        Arrays.stream(lengths).mapToObj(n -> Draw.ids(random, n, vocabulary)).toList();
    return Sequences.pack(texts);
  }

  /** Every layout with tokens, with seeds 1 to the number given. */
  public static Stream<Arguments> withSeeds(int seeds) {
    return Arrays.stream(values())
        .filter(layout -> layout != ONLY_EMPTY)
        .flatMap(
            layout ->
                Stream.iterate(1L, seed -> seed + 1)
                    .limit(seeds)
                    .map(seed -> Arguments.of(layout, seed)));
  }
}
