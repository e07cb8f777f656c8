package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;

/** Lengths of texts as a real data set has them. */
final class Lengths {
  /**
   * Quantiles of the number of words (runs of letters, digits and apostrophes, HTML taken out) in
   * the 25,000 training reviews of IMDB (Maas et al. 2011), at 0.5, 1.5, … 99.5 percent, cut at 400
   * words.
   */
  private static final int[] QUANTILES = {
    37, 45, 51, 57, 62, 67, 72, 78, 83, 88, 93, 98, 102, 106, 108, 111, 113, 115, 117, 119, 121,
    122, 124, 125, 126, 128, 129, 131, 132, 134, 135, 137, 138, 140, 142, 143, 145, 147, 149, 151,
    153, 155, 157, 159, 161, 164, 166, 168, 170, 173, 176, 179, 182, 184, 187, 190, 193, 197, 200,
    204, 208, 212, 216, 220, 225, 229, 234, 239, 244, 249, 254, 260, 266, 273, 280, 288, 295, 303,
    311, 320, 329, 339, 349, 359, 370, 383, 398, 400, 400, 400, 400, 400, 400, 400, 400, 400, 400,
    400, 400, 400
  };

  private static final int SIZE = 32;
  private static final int COUNT = 32;
  private static final long SEED = 400;

  private Lengths() {}

  /**
   * Batches of 32 texts of such lengths, similar ones together as {@link Batcher} puts them: one
   * epoch. Every implementation gets batches of these very lengths; a trainer of ours cuts its own
   * from the same texts, by the same rule.
   */
  static Batches imdb() {
    RandomStream random = new RandomStream(SEED);
    List<Example> examples =
        IntStream.range(0, SIZE * COUNT)
            .mapToObj(i -> new Example(new int[QUANTILES[random.nextInt(QUANTILES.length)]], 0))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    for (int[] batch : new Batcher(SIZE).shuffled(examples, random)) {
      batches.add(IntStream.of(batch).mapToObj(i -> examples.get(i).ids().length).toList());
    }
    return Batches.ragged(batches);
  }
}
