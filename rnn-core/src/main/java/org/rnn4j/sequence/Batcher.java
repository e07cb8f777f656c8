package org.rnn4j.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.rnn4j.tensor.RandomStream;

/**
 * Cuts a data set into batches of similar length. Each epoch the examples are shuffled, sorted by
 * length within pools of {@value #POOL_BATCHES} batches, cut, and the batches shuffled: lengths in
 * a batch are close, and no example keeps the same company. Every example stands in exactly one
 * batch; only the last batch cut may be smaller. The order depends on the stream given and nothing
 * else.
 */
public final class Batcher {
  private static final int POOL_BATCHES = 64;

  private final int batchSize;

  /**
   * A batcher of the given batch size.
   *
   * @throws IllegalArgumentException if the size is not positive
   */
  public Batcher(int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("Expected batchSize of 1 or more, got " + batchSize);
    }
    this.batchSize = batchSize;
  }

  /** The batches of one epoch in random order; each is a list of indices into the examples. */
  public List<int[]> shuffled(List<Example> examples, RandomStream random) {
    int[] order = IntStream.range(0, examples.size()).toArray();
    random.shuffle(order);
    long pool = (long) batchSize * POOL_BATCHES;
    List<int[]> batches = new ArrayList<>();
    for (long start = 0; start < order.length; start += pool) {
      int end = (int) Math.min(start + pool, order.length);
      IntStream members = IntStream.range((int) start, end).map(i -> order[i]);
      batches.addAll(cut(longestFirst(examples, members)));
    }
    int[] places = IntStream.range(0, batches.size()).toArray();
    random.shuffle(places);
    return IntStream.of(places).mapToObj(batches::get).toList();
  }

  /**
   * The batches for a pass without randomness: longest examples first, equal lengths in their
   * order.
   */
  public List<int[]> sorted(List<Example> examples) {
    return cut(longestFirst(examples, IntStream.range(0, examples.size())));
  }

  private static int[] longestFirst(List<Example> examples, IntStream indices) {
    return indices
        .boxed()
        .sorted(Comparator.comparingInt((Integer i) -> -examples.get(i).ids().length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private List<int[]> cut(int[] order) {
    List<int[]> batches = new ArrayList<>();
    for (long start = 0; start < order.length; start += batchSize) {
      int end = (int) Math.min(start + batchSize, order.length);
      batches.add(Arrays.copyOfRange(order, (int) start, end));
    }
    return batches;
  }
}
