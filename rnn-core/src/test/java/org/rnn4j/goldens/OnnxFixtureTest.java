package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.backend.Backend;

/**
 * The LSTM and GRU node tests of ONNX. Its layout: rows of gates {@code i|o|f|c} and {@code z|r|h},
 * {@code B = [Wb, Rb]}, peepholes {@code i|o|f}; X is {@code [time, batch, input]}, or batch first
 * with {@code layout} 1.
 */
class OnnxFixtureTest {
  /** The values were recorded in float32 and are at most 1 in magnitude. */
  private static final Closeness CLOSENESS = new Closeness(1e-6, 1e-6);

  /** Where our gates {@code i|f|g|o} stand among ONNX' {@code i|o|f|c}. */
  private static final int[] LSTM_GATES = {0, 2, 3, 1};

  private static final int[] GRU_GATES = {0, 1, 2};

  /** Where our peepholes {@code i|f|o} stand among ONNX' {@code i|o|f}. */
  private static final int[] PEEPHOLES = {0, 2, 1};

  @ParameterizedTest
  @MethodSource("org.rnn4j.goldens.Fixtures#backends")
  void the_node_tests_of_onnx_are_met(Backend backend) {
    Golden cases = Golden.file(Fixtures.path("onnx/onnx_node_tests.json.gz")).at("cases");
    Map<String, Integer> ran = new TreeMap<>();
    for (String name : cases.names()) {
      Golden testCase = cases.at(name);
      String kind = testCase.string("op");
      if (kind.equals("LSTM") || kind.equals("GRU")) {
        check(backend, testCase);
        ran.merge(kind, 1, Integer::sum);
      }
    }
    assertThat(ran).isEqualTo(Map.of("LSTM", 4, "GRU", 4));
  }

  private static void check(Backend backend, Golden testCase) {
    Golden attributes = testCase.at("attributes");
    assertThat(Set.of("hidden_size", "layout")).containsAll(attributes.names());
    Map<String, Golden> arrays = arrays(testCase, "inputs");
    boolean batchFirst = attributes.has("layout") && attributes.integer("layout") == 1;
    double[][][] inputs = sequences(require(arrays, "X"), batchFirst);
    @Nullable Golden lengths = arrays.get("sequence_lens");
    if (lengths != null) {
      int[] given = lengths.integers("data");
      assertThat(given).hasSize(inputs.length);
      for (int row = 0; row < given.length; row++) {
        inputs[row] = Arrays.copyOf(inputs[row], given[row]);
      }
    }
    Cell cell = cell(testCase.string("op"), attributes.integer("hidden_size"), arrays);
    double[][] hidden = state(arrays.get("initial_h"));
    double[][] cells = state(arrays.get("initial_c"));
    Cell.Run run = cell.run(backend, inputs, false, hidden, cells);

    Map<String, Golden> expected = arrays(testCase, "outputs");
    assertThat(expected).containsKey("Y_h");
    assertThat(Set.of("Y", "Y_h")).containsAll(expected.keySet());
    double[][] finals = Fixtures.rows(run.finalHidden().value());
    double[] flatFinals = require(expected, "Y_h").vector("data");
    CLOSENESS.check(testCase + " Y_h", flat(finals), flatFinals);
    if (expected.containsKey("Y")) {
      assertThat(batchFirst).as("Y is compared in the order [batch, time, 1, hidden]").isTrue();
      double[] flatOutputs = require(expected, "Y").vector("data");
      CLOSENESS.check(testCase + " Y", flat(run.outputs()), flatOutputs);
    }
  }

  private static Cell cell(String kind, int hidden, Map<String, Golden> arrays) {
    int[] order = kind.equals("LSTM") ? LSTM_GATES : GRU_GATES;
    Map<String, double[][]> weights = new LinkedHashMap<>();
    weights.put("inputWeights", gatesAsColumns(require(arrays, "W"), order, hidden));
    weights.put("recurrentWeights", gatesAsColumns(require(arrays, "R"), order, hidden));
    double[] bias = new double[order.length * hidden];
    @Nullable Golden both = arrays.get("B");
    if (both != null) {
      // Without linear_before_reset the two biases are only ever added to each other.
      double[] values = both.vector("data");
      double[] ofInput = gates(Arrays.copyOfRange(values, 0, bias.length), order, hidden);
      double[] ofState =
          gates(Arrays.copyOfRange(values, bias.length, values.length), order, hidden);
      Arrays.setAll(bias, i -> ofInput[i] + ofState[i]);
    }
    weights.put("bias", Cell.row(bias));
    @Nullable Golden peepholes = arrays.get("P");
    if (peepholes != null) {
      weights.put("peepholes", Cell.row(gates(peepholes.vector("data"), PEEPHOLES, hidden)));
    }
    return new Cell(kind.toLowerCase(Locale.ROOT), weights);
  }

  /** {@code [1, gates·hidden, inputs]} in ONNX' order as {@code [inputs, gates·hidden]} in ours. */
  private static double[][] gatesAsColumns(Golden array, int[] order, int hidden) {
    double[][] rows = Fixtures.cube(array)[0];
    double[][] columns = new double[rows[0].length][rows.length];
    for (int input = 0; input < columns.length; input++) {
      for (int unit = 0; unit < rows.length; unit++) {
        columns[input][unit] = rows[order[unit / hidden] * hidden + unit % hidden][input];
      }
    }
    return columns;
  }

  private static double[] gates(double[] values, int[] order, int hidden) {
    double[] reordered = new double[values.length];
    for (int i = 0; i < reordered.length; i++) {
      reordered[i] = values[order[i / hidden] * hidden + i % hidden];
    }
    return reordered;
  }

  /** X as one list of rows a sequence. */
  private static double[][][] sequences(Golden array, boolean batchFirst) {
    double[][][] cube = Fixtures.cube(array);
    if (batchFirst) {
      return cube;
    }
    double[][][] sequences = new double[cube[0].length][cube.length][];
    for (int t = 0; t < cube.length; t++) {
      for (int row = 0; row < sequences.length; row++) {
        sequences[row][t] = cube[t][row];
      }
    }
    return sequences;
  }

  private static double @Nullable [][] state(@Nullable Golden array) {
    return array == null ? null : Fixtures.cube(array)[0];
  }

  private static Map<String, Golden> arrays(Golden testCase, String path) {
    Map<String, Golden> arrays = new LinkedHashMap<>();
    testCase.objects(path).forEach(array -> arrays.put(array.string("name"), array));
    return arrays;
  }

  private static Golden require(Map<String, Golden> arrays, String name) {
    Golden array = arrays.get(name);
    if (array == null) {
      throw new AssertionError("Expected an array " + name + ", got " + arrays.keySet());
    }
    return array;
  }

  private static double[] flat(double[][]... cube) {
    return Arrays.stream(cube).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }
}
