package org.rnn4j.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Kernels;
import org.rnn4j.backend.RowSet;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.sequence.TokenGroups;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * An embedding of 20,000 words and 128 features: reading rows, adding to their gradients, and Adam
 * on the rows in use beside Adam on the whole table.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class EmbeddingBenchmark {
  private static final int VOCABULARY = 20_000;
  private static final int WIDTH = 128;

  /** Steps that rows have missed when they catch up. */
  private static final int MISSED = 16;

  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double STEP_SIZE = 1e-3;
  private static final double EPSILON = 1e-7;

  /** The table, its gradient and Adam's moments. */
  @State(Scope.Thread)
  public static class Table {
    /** Kernels by name. */
    @Param({"scalar", "simd"})
    public String kernels = "";

    final float[] stepSizes = new float[MISSED];
    final float[] epsilons = new float[MISSED];
    final RowSet all = new RowSet(new int[VOCABULARY], VOCABULARY);
    final Tensor gradients = Draws.tensor(1e-2, VOCABULARY, WIDTH);
    final Tensor weights = Draws.tensor(0.05, VOCABULARY, WIDTH);
    final Tensor firstMoments = Tensor.zeros(DType.FLOAT32, VOCABULARY, WIDTH);
    final Tensor secondMoments = Tensor.zeros(DType.FLOAT32, VOCABULARY, WIDTH);
    final Tensor averages = Draws.tensor(0.05, VOCABULARY, WIDTH);
    FastBackend backend = new FastBackend(KernelSelection.select("scalar"));

    /** Chooses the kernels and takes steps that can be missed. */
    @Setup
    public void prepare() {
      backend = new FastBackend(KernelSelection.select(kernels));
      Arrays.setAll(all.rows(), row -> row);
      Arrays.fill(stepSizes, (float) STEP_SIZE);
      Arrays.fill(epsilons, (float) EPSILON);
    }

    void step(RowSet rows) {
      backend.each(
          rows,
          WIDTH,
          (own, row) ->
              own.adam(
                  weights.floats(),
                  gradients.floats(),
                  firstMoments.floats(),
                  secondMoments.floats(),
                  row * WIDTH,
                  WIDTH,
                  BETA1,
                  BETA2,
                  (float) STEP_SIZE,
                  (float) EPSILON));
    }

    /** Moments are made anew by a step before, for where they have faded there is no work. */
    void stepAndCatchUp(RowSet rows) {
      step(rows);
      backend.each(rows, WIDTH, (own, row) -> idle(own, row, 0, MISSED));
    }

    /** The same where an average of the weights follows each step. */
    void stepAndCatchUpAveraged(RowSet rows) {
      step(rows);
      backend.each(
          rows,
          WIDTH,
          (own, row) -> {
            for (int i = 0; i < MISSED; i++) {
              idle(own, row, i, i + 1);
              own.blend(averages.floats(), weights.floats(), row * WIDTH, WIDTH, 1e-3f);
            }
          });
    }

    private void idle(Kernels own, int row, int from, int to) {
      own.adamIdle(
          weights.floats(),
          firstMoments.floats(),
          secondMoments.floats(),
          row * WIDTH,
          WIDTH,
          BETA1,
          BETA2,
          stepSizes,
          epsilons,
          from,
          to);
    }
  }

  /** The words of a batch. */
  @State(Scope.Thread)
  public static class Words {
    /** How often the words of the vocabulary occur. */
    @Param({"uniform", "zipf"})
    public String ids = "";

    /** Tokens of the batch. */
    @Param({"1280", "12800"})
    public int tokens;

    int[][] texts = {};
    Sequences sequences = Sequences.pack(new int[] {0});
    RowSet used = new RowSet(new int[0], 0);
    Tensor values = Tensor.zeros(DType.FLOAT32);

    /** Draws the words. */
    @Setup
    public void prepare() {
      texts = Draws.named(ids, VOCABULARY).texts(32, tokens / 32);
      sequences = Sequences.pack(texts);
      used = new RowSet(sequences.groups().ids(), sequences.groups().size());
      values = Draws.tensor(1e-6, tokens, WIDTH);
    }
  }

  /** Packing texts and grouping their tokens by id, once a step. */
  @Benchmark
  public TokenGroups groups(Words words) {
    return Sequences.pack(words.texts).groups();
  }

  /** A row for each token. */
  @Benchmark
  public Tensor lookup(Table table, Words words) {
    table.backend.lookup(words.sequences, table.weights, words.values);
    return words.values;
  }

  /** The gradients of all tokens, added to the rows in use; their groups are known. */
  @Benchmark
  public Tensor lookupBackward(Table table, Words words) {
    table.backend.lookupBackward(words.sequences, words.values, table.gradients);
    return table.gradients;
  }

  /** One Adam step on the rows in use. */
  @Benchmark
  public void adamRows(Table table, Words words) {
    table.step(words.used);
  }

  /** The same, and then 16 steps that these rows have missed. */
  @Benchmark
  public void adamRowsIdle(Table table, Words words) {
    table.stepAndCatchUp(words.used);
  }

  /** The same with an average that follows each step. */
  @Benchmark
  public void adamRowsIdleAveraged(Table table, Words words) {
    table.stepAndCatchUpAveraged(words.used);
  }

  /** One Adam step on the whole table. */
  @Benchmark
  public void adamDense(Table table) {
    table.backend.adam(
        table.weights,
        table.gradients,
        table.firstMoments,
        table.secondMoments,
        BETA1,
        BETA2,
        STEP_SIZE,
        EPSILON);
  }

  /** The average of the whole table after a step, as where nothing is put off. */
  @Benchmark
  public void averageDense(Table table) {
    table.backend.blend(table.averages, table.weights, 1e-3);
  }

  /** One Adam step on all rows, one by one, and then 16 steps that they have missed. */
  @Benchmark
  public void adamTableIdle(Table table) {
    table.stepAndCatchUp(table.all);
  }
}
