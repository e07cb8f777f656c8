package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * The fast backend against the reference, every primitive, forward and backward, to 1e-5 of each
 * tensor's scale. Recurrent layers are {@link RecurrentParityTest}'s.
 */
class BackendParityTest {
  private static final ReferenceBackend REFERENCE = ReferenceBackend.INSTANCE;

  private static Workers workers;
  private static List<FastBackend> backends;

  @BeforeAll
  static void startWorkers() {
    workers = new Workers(3);
    Kernels kernels = KernelSelection.kernels();
    backends = List.of(new FastBackend(kernels), new FastBackend(kernels, workers));
  }

  @AfterAll
  static void stopWorkers() {
    workers.close();
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 20);
  }

  static Stream<Arguments> activationsAndSeeds() {
    return Stream.of(Activation.values())
        .flatMap(a -> LongStream.rangeClosed(1, 6).mapToObj(seed -> Arguments.of(a, seed)));
  }

  private static int size(RandomStream random) {
    return Draw.oneOf(random, 1, 3, 7, 31, 33, 100, 129);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void affine_agrees_forward_and_backward(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 0, 300);
    int in = size(random);
    int out = size(random);
    Pair x = Pair.random(random, 1, rows, in);
    Pair weights = Pair.random(random, 1, in, out);
    Pair bias = random.nextInt(3) == 0 ? new Pair(null, null) : Pair.random(random, 1, out);
    Pair y = Pair.random(random, 1, rows, out);
    Pair dy = Pair.random(random, 1, rows, out);
    Pair dx = Pair.random(random, 1, rows, in);
    Pair dWeights = Pair.random(random, 1, in, out);
    // Far from zero, so that no sum of one column cancels down to its own rounding.
    Pair dBias = Pair.of(Tensor.zeros(DType.FLOAT32, out));
    dBias.fast().fill(rows);
    dBias.reference().fill(rows);
    REFERENCE.affine(x.reference(), weights.reference(), bias.reference(), y.reference());
    REFERENCE.affineBackward(
        x.reference(),
        weights.reference(),
        dy.reference(),
        dx.reference(),
        dWeights.reference(),
        dBias.reference());

    for (FastBackend fast : backends) {
      Tensor fastY = y.fast().copy();
      Tensor fastDx = dx.fast().copy();
      Tensor fastDWeights = dWeights.fast().copy();
      Tensor fastDBias = dBias.fast().copy();
      fast.affine(x.fast(), weights.fast(), bias.fast(), fastY);
      fast.affineBackward(x.fast(), weights.fast(), dy.fast(), fastDx, fastDWeights, fastDBias);

      new Pair(fastY, y.reference()).requireClose("y");
      new Pair(fastDx, dx.reference()).requireClose("dx");
      new Pair(fastDWeights, dWeights.reference()).requireClose("dW");
      new Pair(fastDBias, dBias.reference()).requireClose("db");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void affine_gradients_that_are_not_wanted_change_no_other(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 1, 60);
    int in = size(random);
    int out = size(random);
    Pair x = Pair.random(random, 1, rows, in);
    Pair weights = Pair.random(random, 1, in, out);
    Pair dy = Pair.random(random, 1, rows, out);
    for (Backend backend : List.of(backends.get(0), backends.get(1), REFERENCE)) {
      boolean exact = backend == REFERENCE;
      Tensor[] given = {
        exact ? x.reference() : x.fast(),
        exact ? weights.reference() : weights.fast(),
        exact ? dy.reference() : dy.fast()
      };
      Tensor dx = Tensor.zeros(backend.type(), rows, in);
      Tensor dWeights = Tensor.zeros(backend.type(), in, out);
      Tensor dBias = Tensor.zeros(backend.type(), out);
      Tensor aloneDx = dx.copy();
      Tensor aloneDWeights = dWeights.copy();
      Tensor aloneDBias = dBias.copy();

      backend.affineBackward(given[0], given[1], given[2], dx, dWeights, dBias);
      backend.affineBackward(given[0], given[1], given[2], aloneDx, null, null);
      backend.affineBackward(given[0], given[1], given[2], null, aloneDWeights, null);
      backend.affineBackward(given[0], given[1], given[2], null, null, aloneDBias);

      Bits.requireSame("dx", dx, aloneDx);
      Bits.requireSame("dWeights", dWeights, aloneDWeights);
      Bits.requireSame("dBias", dBias, aloneDBias);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void one_tensor_of_weights_serves_backends_of_every_kind_of_kernels(long seed) {
    RandomStream random = new RandomStream(seed);
    int in = size(random);
    int out = size(random);
    Tensor x = Pair.random(random, 1, 5, in).fast();
    Tensor weights = Pair.random(random, 1, in, out).fast();
    Tensor expected = Tensor.zeros(DType.FLOAT32, 5, out);
    backends.get(0).affine(x, weights, null, expected);

    for (int round = 0; round < 2; round++) {
      KernelsUnderTest.all()
          .forEach(
              kernels -> {
                Tensor y = Tensor.zeros(DType.FLOAT32, 5, out);
                new FastBackend(kernels).affine(x, weights, null, y);
                Bits.requireSame("y of " + kernels.name(), expected, y);
              });
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("activationsAndSeeds")
  void activations_agree_forward_and_backward(Activation activation, long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 1, 40);
    int columns = Draw.oneOf(random, 1, 2, 5, 33);
    Pair x = Pair.random(random, 6, rows, columns);
    Pair y = Pair.random(random, 1, rows, columns);
    Pair dy = Pair.random(random, 1, rows, columns);
    Pair dx = Pair.random(random, 1, rows, columns);
    Pair inPlace = x.copy();
    FastBackend fast = backends.get((int) (seed % 2));

    REFERENCE.activate(activation, x.reference(), y.reference());
    fast.activate(activation, x.fast(), y.fast());
    y.requireClose("y");
    REFERENCE.activateBackward(activation, y.reference(), dy.reference(), dx.reference());
    fast.activateBackward(activation, y.fast(), dy.fast(), dx.fast());
    dx.requireClose("dx");
    REFERENCE.activate(activation, inPlace.reference(), inPlace.reference());
    fast.activate(activation, inPlace.fast(), inPlace.fast());
    Bits.requireSame("in place", y.fast(), inPlace.fast());
    Bits.requireSame("in place", y.reference(), inPlace.reference());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("extremes")
  void activations_agree_at_the_ends_of_their_range(Activation activation, double extreme) {
    Pair x = Pair.of(Tensor.of(DType.FLOAT32, Shape.of(1, 3), -extreme, 0, extreme));
    Pair y = x.copy();

    REFERENCE.activate(activation, x.reference(), y.reference());
    backends.get(0).activate(activation, x.fast(), y.fast());

    y.requireClose("y");
    assertThat(y.fast().toArray()).doesNotContain(Double.NaN);
  }

  static Stream<Arguments> extremes() {
    return Stream.of(Activation.values())
        .flatMap(a -> Stream.of(20.0, 90.0, 1e4, 3e38).map(x -> Arguments.of(a, x)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void multiplication_agrees_forward_and_backward(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.between(random, 0, 20);
    int columns = size(random);
    Pair a = Pair.random(random, 2, rows, columns);
    Pair b = Pair.random(random, 2, rows, columns);
    Pair y = Pair.random(random, 1, rows, columns);
    Pair dy = Pair.random(random, 1, rows, columns);
    Pair da = Pair.random(random, 1, rows, columns);
    FastBackend fast = backends.get((int) (seed % 2));

    REFERENCE.multiply(a.reference(), b.reference(), y.reference());
    fast.multiply(a.fast(), b.fast(), y.fast());
    REFERENCE.multiplyBackward(b.reference(), dy.reference(), da.reference());
    fast.multiplyBackward(b.fast(), dy.fast(), da.fast());

    y.requireClose("y");
    da.requireClose("da");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void lookup_agrees_forward_and_backward(long seed) {
    RandomStream random = new RandomStream(seed);
    int vocabulary = Draw.between(random, 1, 30);
    int width = size(random);
    Sequences sequences =
        Sequences.pack(Draw.texts(random, Draw.between(random, 1, 70), 12, vocabulary));
    Pair table = Pair.random(random, 1, vocabulary, width);
    Pair y = Pair.random(random, 1, sequences.tokens(), width);
    Pair dy = Pair.random(random, 1, sequences.tokens(), width);
    Pair dTable = Pair.random(random, 1, vocabulary, width);
    FastBackend fast = backends.get((int) (seed % 2));

    REFERENCE.lookup(sequences, table.reference(), y.reference());
    fast.lookup(sequences, table.fast(), y.fast());
    REFERENCE.lookupBackward(sequences, dy.reference(), dTable.reference());
    fast.lookupBackward(sequences, dy.fast(), dTable.fast());

    Bits.requireSame("y", y.reference(), y.fast().to(DType.FLOAT64));
    dTable.requireClose("dTable");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ten_adam_steps_agree(long seed) {
    RandomStream random = new RandomStream(seed);
    int rows = Draw.oneOf(random, 1, 5, 2000);
    int columns = size(random);
    Pair weights = Pair.random(random, 1, rows, columns);
    Pair first = Pair.of(Tensor.zeros(DType.FLOAT32, rows, columns));
    Pair second = first.copy();
    FastBackend fast = backends.get((int) (seed % 2));

    for (int step = 1; step <= 10; step++) {
      Pair g = Pair.random(random, 0.1, rows, columns);
      REFERENCE.adam(
          weights.reference(),
          g.reference(),
          first.reference(),
          second.reference(),
          0.9,
          0.999,
          1e-3,
          1e-7);
      fast.adam(weights.fast(), g.fast(), first.fast(), second.fast(), 0.9, 0.999, 1e-3, 1e-7);
    }

    weights.requireClose("weights");
    first.requireClose("first moments");
    second.requireClose("second moments");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void sums_of_squares_and_scaling_agree(long seed) {
    RandomStream random = new RandomStream(seed);
    Pair x = Pair.random(random, 3, Draw.between(random, 0, 50), size(random));
    FastBackend fast = backends.get((int) (seed % 2));

    double expected = REFERENCE.sumOfSquares(x.reference());
    assertThat(fast.sumOfSquares(x.fast())).isCloseTo(expected, within(1e-12 * expected));
    REFERENCE.scale(x.reference(), 0.3);
    fast.scale(x.fast(), 0.3);
    x.requireClose("scaled");
  }

  @Test
  void storage_beyond_the_shape_is_neither_read_nor_written() {
    float[] storage = {1, 2, 3, Float.NaN, Float.NaN};
    Tensor x = Tensor.wrap(Shape.of(1, 3), storage);
    FastBackend fast = backends.get(0);

    fast.scale(x, 2);
    fast.activate(Activation.SOFTMAX, x, x);

    assertThat(fast.sumOfSquares(x)).isBetween(0.5, 1.0);
    assertThat(storage[3]).isNaN();
    assertThat(storage[4]).isNaN();
  }

  @Test
  void what_is_not_close_fails() {
    Pair wrong =
        new Pair(
            Tensor.of(DType.FLOAT32, Shape.of(2), 100, 1.002),
            Tensor.of(DType.FLOAT64, Shape.of(2), 100, 1));
    Pair close =
        new Pair(
            Tensor.of(DType.FLOAT32, Shape.of(2), 100, 1.0009),
            Tensor.of(DType.FLOAT64, Shape.of(2), 100, 1));
    Pair notANumber =
        new Pair(
            Tensor.of(DType.FLOAT32, Shape.of(1), Double.NaN),
            Tensor.of(DType.FLOAT64, Shape.of(1), 100));

    close.requireClose("y");
    assertThatThrownBy(() -> wrong.requireClose("y"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expected y[1] to be 1.0 within 0.001");
    assertThatThrownBy(() -> notANumber.requireClose("y")).isInstanceOf(AssertionError.class);
  }
}
