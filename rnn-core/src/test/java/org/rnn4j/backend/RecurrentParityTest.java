package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * The fast recurrent layers against the reference ones, forward and backward, over random shapes,
 * lengths, directions, initial states and peepholes, to 1e-5 of each tensor's scale.
 */
class RecurrentParityTest {
  private static final int[] SIZES = {1, 3, 7, 31, 33, 100};
  private static final int SEEDS = 5;

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

  /** The recurrent layers. */
  enum Cell {
    SIMPLE(1),
    LSTM(4),
    LSTM_PROJECTED(4),
    GRU_RESET_AFTER(3),
    GRU_RESET_BEFORE(3);

    final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    boolean hasCells() {
      return this == LSTM || this == LSTM_PROJECTED;
    }

    int state(int hidden) {
      return this == LSTM_PROJECTED ? (hidden + 1) / 2 : hidden;
    }
  }

  static Stream<Arguments> cellsSizesAndSeeds() {
    List<Arguments> cases = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (int hidden : SIZES) {
        for (long seed = 1; seed <= SEEDS; seed++) {
          cases.add(Arguments.of(cell, hidden, 100 * hidden + seed));
        }
      }
    }
    return cases.stream();
  }

  /** A layer, what it reads, and the gradients that reach it from above. */
  private record Work(
      Cell cell,
      Sequences sequences,
      boolean reverse,
      int hidden,
      int truncation,
      double cellClip,
      double projectionClip,
      Map<String, Pair> tensors) {

    static Work random(Cell cell, int hidden, Sequences sequences, RandomStream random) {
      int input = Draw.oneOf(random, SIZES);
      int width = cell.gates * hidden;
      int state = cell.state(hidden);
      boolean reverse = random.nextInt(2) == 0;
      Map<String, Pair> tensors = new LinkedHashMap<>();
      Tensor inputWeights = Tensor.zeros(DType.FLOAT32, input, width);
      Initializer.glorotUniform().fill(inputWeights, random);
      Tensor recurrentWeights = Tensor.zeros(DType.FLOAT32, state, width);
      Initializer.orthogonal().fill(recurrentWeights, random);
      tensors.put("x", Pair.random(random, 1, sequences.tokens(), input));
      tensors.put("inputWeights", Pair.of(inputWeights));
      tensors.put("recurrentWeights", Pair.of(recurrentWeights));
      tensors.put("bias", Pair.random(random, 0.5, width));
      if (cell == Cell.GRU_RESET_AFTER) {
        tensors.put("recurrentBias", Pair.random(random, 0.5, width));
      }
      if (cell == Cell.LSTM && random.nextInt(2) == 0) {
        tensors.put("peepholes", Pair.random(random, 0.5, 3 * hidden));
      }
      if (random.nextInt(2) == 0) {
        tensors.put("initialHidden", Pair.random(random, 1, sequences.batch(), state));
      }
      if (cell.hasCells() && random.nextInt(2) == 0) {
        tensors.put("initialCell", Pair.random(random, 1, sequences.batch(), hidden));
      }
      tensors.put("dOutputs", Pair.random(random, 1, sequences.tokens(), state));
      if (cell.hasCells() && random.nextInt(2) == 0) {
        tensors.put("dFinalCells", Pair.random(random, 1, sequences.batch(), hidden));
      }
      if (random.nextInt(2) == 0) {
        tensors.put("masks", Pair.of(masks(random, sequences.batch(), cell.gates * state)));
      }
      if (cell == Cell.LSTM_PROJECTED) {
        Tensor projection = Tensor.zeros(DType.FLOAT32, hidden, state);
        Initializer.glorotUniform().fill(projection, random);
        tensors.put("projection", Pair.of(projection));
      }
      boolean clips = cell == Cell.LSTM_PROJECTED && random.nextInt(2) == 0;
      return new Work(
          cell,
          sequences,
          reverse,
          hidden,
          Draw.oneOf(random, 0, 0, 1, 3),
          clips ? 0.3 : Double.POSITIVE_INFINITY,
          clips ? 0.2 : Double.POSITIVE_INFINITY,
          tensors);
    }

    private static Tensor masks(RandomStream random, int rows, int columns) {
      Tensor masks = Tensor.zeros(DType.FLOAT32, rows, columns);
      for (int i = 0; i < masks.size(); i++) {
        masks.set(i, random.nextInt(3) == 0 ? 0 : 1.5);
      }
      return masks;
    }

    private Tensor given(String name, Backend backend) {
      Pair pair = tensors.get(name);
      if (pair == null) {
        return null;
      }
      return backend.type() == DType.FLOAT32 ? pair.fast() : pair.reference();
    }

    RecurrentRun forward(Backend backend) {
      RecurrentInput input =
          new RecurrentInput(
              sequences,
              reverse,
              given("x", backend),
              given("initialHidden", backend),
              given("initialCell", backend),
              given("masks", backend),
              truncation,
              null,
              true);
      Workspace workspace = new Workspace(backend.type());
      if (cell == Cell.SIMPLE) {
        SimpleRnnWeights weights =
            new SimpleRnnWeights(
                given("inputWeights", backend),
                given("recurrentWeights", backend),
                given("bias", backend));
        return backend.simpleRnn(weights, input, workspace);
      }
      if (cell.hasCells()) {
        LstmWeights weights =
            new LstmWeights(
                given("inputWeights", backend),
                given("recurrentWeights", backend),
                given("bias", backend),
                given("peepholes", backend),
                given("projection", backend),
                cellClip,
                projectionClip);
        return backend.lstm(weights, input, workspace);
      }
      GruWeights weights =
          new GruWeights(
              given("inputWeights", backend),
              given("recurrentWeights", backend),
              given("bias", backend),
              given("recurrentBias", backend));
      return backend.gru(weights, input, workspace);
    }

    /**
     * Everything that a run gives.
     *
     * @param wanted the tensors whose gradients are asked for
     */
    Map<String, Tensor> run(Backend backend, List<String> wanted) {
      RecurrentRun run = forward(backend);
      Map<String, Tensor> results = new LinkedHashMap<>();
      results.put("outputs", run.outputs().copy());
      if (run.finalCells() != null) {
        results.put("finalCells", run.finalCells().copy());
      }
      Map<String, Tensor> targets = new LinkedHashMap<>();
      for (String name : wanted) {
        Tensor of = given(name, backend);
        if (of != null) {
          // Targets hold something already: gradients are to be added.
          targets.put(name, Tensor.zeros(of.type(), of.shape()));
          targets.get(name).fill(0.5);
        }
      }
      run.backward(
          new RecurrentGradients(
              given("dOutputs", backend),
              given("dFinalCells", backend),
              targets.get("x"),
              targets.get("inputWeights"),
              targets.get("recurrentWeights"),
              targets.get("bias"),
              targets.get("recurrentBias"),
              targets.get("peepholes"),
              targets.get("projection"),
              targets.get("initialHidden"),
              targets.get("initialCell")));
      targets.forEach((name, gradient) -> results.put("gradient of " + name, gradient));
      return results;
    }
  }

  private static final List<String> ALL =
      List.of(
          "x",
          "inputWeights",
          "recurrentWeights",
          "bias",
          "recurrentBias",
          "peepholes",
          "projection",
          "initialHidden",
          "initialCell");

  private static void requireParity(Work work) {
    Map<String, Tensor> expected = work.run(ReferenceBackend.INSTANCE, ALL);
    for (FastBackend fast : backends) {
      Map<String, Tensor> actual = work.run(fast, ALL);
      assertThat(actual.keySet()).isEqualTo(expected.keySet());
      actual.forEach((name, value) -> new Pair(value, expected.get(name)).requireClose(name));
    }
  }

  @ParameterizedTest(name = "{0}, hidden {1}, seed {2}")
  @MethodSource("cellsSizesAndSeeds")
  void random_batches_agree_forward_and_backward(Cell cell, int hidden, long seed) {
    RandomStream random = new RandomStream(seed);
    int batch = Draw.between(random, 1, 70);
    int longest = Draw.between(random, 1, hidden > 50 ? 6 : 15);
    Sequences sequences = Sequences.ofLengths(Draw.lengths(random, batch, longest));

    requireParity(Work.random(cell, hidden, sequences, random));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Cell.class)
  void batches_of_one_token_one_text_or_no_token_agree(Cell cell) {
    int[][] layouts = {{1}, {9}, {1, 1, 1, 1}, {0, 4, 0}, {0}, {0, 0, 0}};
    for (int[] lengths : layouts) {
      for (long seed = 1; seed <= 8; seed++) {
        RandomStream random = new RandomStream(seed);
        requireParity(Work.random(cell, 7, Sequences.ofLengths(lengths), random));
      }
    }
  }

  @ParameterizedTest(name = "{0}, hidden {1}, seed {2}")
  @MethodSource("cellsSizesAndSeeds")
  void gradients_that_are_not_wanted_change_no_other(Cell cell, int hidden, long seed) {
    RandomStream random = new RandomStream(seed);
    Sequences sequences = Sequences.ofLengths(Draw.lengths(random, 9, 5));
    Work work = Work.random(cell, hidden, sequences, random);
    Backend backend = seed % 3 == 0 ? ReferenceBackend.INSTANCE : backends.get((int) seed % 2);
    Map<String, Tensor> together = work.run(backend, ALL);

    for (String name : ALL) {
      Tensor alone = work.run(backend, List.of(name)).get("gradient of " + name);
      if (alone != null) {
        Bits.requireSame(name, together.get("gradient of " + name), alone);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Cell.class)
  void a_hundred_steps_stay_close(Cell cell) {
    RandomStream random = new RandomStream(77);
    Sequences sequences = Sequences.ofLengths(100, 60, 99, 1);

    requireParity(Work.random(cell, 31, sequences, random));
  }
}
