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

  /** A sorted batch is closed early when it has this many tokens, so that long texts fit. */
  private static final int SORTED_TOKENS = 1 << 15;

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

  /** How many batches {@link #shuffled} makes of a number of examples. */
  public int batches(int examples) {
    return (int) (((long) examples + batchSize - 1) / batchSize);
  }

  /**
   * The batches for a pass without randomness, such as scoring: longest examples first, equal
   * lengths in their order. Nothing hangs on the company there, so a batch ends before its size is
   * reached where its tokens come to {@value #SORTED_TOKENS}.
   */
  public List<int[]> sorted(List<Example> examples) {
    int[] order = longestFirst(examples, IntStream.range(0, examples.size()));
    List<int[]> batches = new ArrayList<>();
    for (int start = 0, end; start < order.length; start = end) {
      long tokens = 0;
      for (end = start; end < order.length && end - start < batchSize; end++) {
        if (tokens >= SORTED_TOKENS) {
          break;
        }
        tokens += examples.get(order[end]).ids().length;
      }
      batches.add(Arrays.copyOfRange(order, start, end));
    }
    return batches;
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
