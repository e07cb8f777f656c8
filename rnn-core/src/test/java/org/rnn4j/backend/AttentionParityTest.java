package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * Softmax over time, weighted sums and layer normalisation: the fast backend against the reference,
 * to 1e-5 of each tensor's scale, and against itself with other kernels and threads, bit for bit.
 */
class AttentionParityTest {
  private static final ReferenceBackend REFERENCE = ReferenceBackend.INSTANCE;

  private static final List<Workers> WORKERS = new ArrayList<>();
  private static final List<FastBackend> BACKENDS = new ArrayList<>();

  @BeforeAll
  static void startWorkers() {
    KernelsUnderTest.all()
        .forEach(
            kernels -> {
              for (int threads = 1; threads <= 3; threads++) {
                WORKERS.add(new Workers(threads));
                BACKENDS.add(new FastBackend(kernels, WORKERS.get(WORKERS.size() - 1)));
              }
            });
  }

  @AfterAll
  static void stopWorkers() {
    WORKERS.forEach(Workers::close);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  /** Batches of all kinds; every fourth one large enough to be shared among threads. */
  private static Sequences sequences(RandomStream random, long seed) {
    if (seed % 4 == 0) {
      return Sequences.ofLengths(Draw.lengths(random, 40, 300));
    }
    if (seed % 4 == 1) {
      return Sequences.ofLengths(300, 300, 150, 300);
    }
    return Sequences.ofLengths(Draw.lengths(random, Draw.between(random, 1, 9), 12));
  }

  /**
   * Runs an operation on the reference and all fast backends, each with targets of its own, and
   * holds the targets together.
   */
  private static void check(
      RandomStream random, int[][] shapes, BiConsumer<Backend, Tensor[]> operation) {
    List<Tensor> start = new ArrayList<>();
    for (int[] shape : shapes) {
      start.add(Draw.tensor(DType.FLOAT32, random, 1, shape));
    }
    Tensor[] exact = start.stream().map(t -> t.to(DType.FLOAT64)).toArray(Tensor[]::new);
    operation.accept(REFERENCE, exact);
    Tensor[] first = null;
    for (FastBackend backend : BACKENDS) {
      Tensor[] fast = start.stream().map(Tensor::copy).toArray(Tensor[]::new);
      operation.accept(backend, fast);
      for (int i = 0; i < fast.length; i++) {
        new Pair(fast[i], exact[i]).requireClose("tensor " + i);
        if (first != null) {
          Bits.requireSame("tensor " + i, first[i], fast[i]);
        }
      }
      first = fast;
    }
  }

  private static Tensor given(RandomStream random, Backend backend, double limit, int... shape) {
    Tensor drawn = Draw.tensor(DType.FLOAT32, new RandomStream(random.seed() + 1), limit, shape);
    return drawn.to(backend.type());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void the_softmax_over_time_agrees(long seed) {
    RandomStream random = new RandomStream(seed);
    Sequences sequences = sequences(random, seed);
    int columns = Draw.oneOf(random, 1, 2, 5, 33);
    int[] shape = {sequences.tokens(), columns};

    check(
        random,
        new int[][] {shape, shape, shape},
        (backend, t) -> {
          Tensor x = given(random, backend, 6, shape);
          backend.softmaxOverTime(sequences, x, t[0]);
          backend.softmaxOverTimeBackward(sequences, t[0], t[1], t[2]);
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void weighted_sums_agree(long seed) {
    RandomStream random = new RandomStream(seed);
    Sequences sequences = sequences(random, seed);
    int sums = Draw.oneOf(random, 1, 2, 5, 30);
    int width = Draw.oneOf(random, 1, 3, 16, 33, 100);
    int tokens = sequences.tokens();

    check(
        random,
        new int[][] {
          {sequences.batch(), sums * width},
          {sequences.batch(), sums * width},
          {tokens, sums},
          {tokens, width}
        },
        (backend, t) -> {
          Tensor weights = given(random, backend, 1, tokens, sums);
          Tensor x = given(random, backend, 1, tokens, width);
          backend.weightedSums(sequences, weights, x, t[0]);
          backend.weightedSumsBackward(sequences, weights, x, t[1], t[2], t[3]);
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sums_weighted_by_what_is_summed_agree(long seed) {
    RandomStream random = new RandomStream(seed);
    Sequences sequences = sequences(random, seed);
    int sums = Draw.oneOf(random, 1, 2, 5, 30);
    int tokens = sequences.tokens();

    check(
        random,
        new int[][] {
          {sequences.batch(), sums * sums}, {sequences.batch(), sums * sums}, {tokens, sums}
        },
        (backend, t) -> {
          Tensor a = given(random, backend, 1, tokens, sums);
          backend.weightedSums(sequences, a, a, t[0]);
          backend.weightedSumsBackward(sequences, a, a, t[1], t[2], t[2]);
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void layer_normalisation_agrees(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = seed % 4 == 0 ? 3000 : Draw.between(random, 0, 40);
    int width = Draw.oneOf(random, 1, 2, 5, 33, 128);
    int[] shape = {rows, width};

    check(
        random,
        new int[][] {shape, shape, shape, {rows}, {width}, {width}, shape},
        (backend, t) -> {
          Tensor x = given(random, backend, 3, shape);
          Tensor gain = given(random, backend, 2, width);
          Tensor bias = given(random, backend, 1, width);
          t[4].fill(rows); // far from zero, so that no sum cancels down to its own rounding
          t[5].fill(rows);
          backend.layerNorm(x, gain, bias, 1e-2, t[0], t[3], t[1]);
          backend.layerNormBackward(t[0], t[3], gain, t[2], t[6], t[4], t[5]);
        });
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void one_text_is_computed_to_the_same_bits_as_in_a_batch(long seed) {
    RandomStream random = new RandomStream(seed);
    int tokens = Draw.oneOf(random, 0, 1, 2, 7, 128, 129, 300);
    int sums = Draw.oneOf(random, 1, 2, 5, 30);
    int width = Draw.oneOf(random, 1, 3, 16, 33, 100);
    Sequences text = Sequences.ofLengths(tokens);
    Tensor scores = Draw.tensor(DType.FLOAT32, random, 4, tokens, sums);
    Tensor x = Draw.tensor(DType.FLOAT32, random, 1, tokens, width);
    Tensor gain = Draw.tensor(DType.FLOAT32, random, 1, width);
    Tensor weights = Tensor.zeros(DType.FLOAT32, tokens, sums);
    Tensor y = Tensor.zeros(DType.FLOAT32, 1, sums * width);
    Tensor normal = Tensor.zeros(DType.FLOAT32, tokens, width);
    float[] ownWeights = scores.floats().clone();
    float[] ownY = new float[sums * width];
    float[] ownNormal = x.floats().clone();

    for (FastBackend backend : BACKENDS.subList(0, 1)) {
      backend.softmaxOverTime(text, scores, weights);
      backend.weightedSums(text, weights, x, y);
      backend.layerNorm(x, gain, gain, 1e-3, x.copy(), Tensor.zeros(DType.FLOAT32, tokens), normal);
      backend.softmaxOverTime(ownWeights, tokens, sums);
      backend.weightedSums(ownWeights, sums, x.floats(), tokens, width, ownY);
      backend.layerNorm(ownNormal, tokens, width, gain, gain, 1e-3);
    }

    Bits.requireSame("weights", weights, Tensor.wrap(weights.shape(), ownWeights));
    Bits.requireSame("sums", y, Tensor.wrap(y.shape(), ownY));
    Bits.requireSame("normal", normal, Tensor.wrap(normal.shape(), ownNormal));
  }

  @Test
  void sums_are_added_to_targets_that_are_wanted_only() {
    Sequences sequences = Sequences.ofLengths(1);
    Tensor a = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 2);
    Tensor x = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 3);
    Tensor dy = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 5);
    Tensor da = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 100);
    Tensor dx = Tensor.of(DType.FLOAT32, Shape.of(1, 1), 1000);

    BACKENDS.get(0).weightedSumsBackward(sequences, a, x, dy, da, null);
    BACKENDS.get(0).weightedSumsBackward(sequences, a, x, dy, null, dx);

    assertThat(da.get(0)).isEqualTo(115);
    assertThat(dx.get(0)).isEqualTo(1010);
  }
}
