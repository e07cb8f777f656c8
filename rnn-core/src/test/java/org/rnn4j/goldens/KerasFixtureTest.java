package org.rnn4j.goldens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.backend.Backend;

/**
 * The LSTM and GRU cases of Keras' own layer tests: constant weights, masks, initial states, state
 * kept from call to call, reading backwards. A masked token is a dropped token here; Keras repeats
 * the last output in its place, or writes zeros.
 */
class KerasFixtureTest {
  /** Keras asserts atol = rtol = 1e-5 itself. */
  static final Closeness CLOSENESS = new Closeness(1e-5, 1e-5);

  @ParameterizedTest
  @MethodSource("org.rnn4j.goldens.Fixtures#backends")
  void the_cases_of_keras_own_layer_tests_are_met(Backend backend) {
    Golden fixture = Golden.file(Fixtures.path("keras/keras_rnn_expected.json"));
    Map<String, Integer> ran = new TreeMap<>();
    for (Golden testCase : fixture.objects("cases")) {
      String kind = testCase.string("test").split(":", 2)[0];
      if (kind.equals("bidirectional")) {
        KerasBidirectional.check(backend, testCase);
      } else {
        check(backend, kind, testCase);
      }
      ran.merge(kind, 1, Integer::sum);
    }
    assertThat(ran).isEqualTo(Map.of("lstm", 15, "gru", 17, "simple_rnn", 14, "bidirectional", 15));
  }

  private static void check(Backend backend, String kind, Golden testCase) {
    Golden config = testCase.at("layer.config");
    List<Golden> calls = testCase.objects("calls");
    boolean stateful = flag(config, "stateful", false);
    assertThat(calls).as(testCase.toString()).hasSize(stateful ? 2 : 1);
    double[][] hidden = null;
    double[][] cells = null;
    double[][][] sequences = new double[0][][];
    for (Golden call : calls) {
      List<double[][]> initial = initialStates(call);
      if (!initial.isEmpty()) {
        hidden = initial.get(0);
        cells = initial.size() > 1 ? initial.get(1) : null;
      }
      double[][][] inputs = Fixtures.cube(call.at("x"));
      boolean[][] mask = mask(call, inputs);
      Cell cell = cell(kind, config, inputs[0][0].length);
      boolean backwards = flag(config, "go_backwards", false);
      Cell.Run run = cell.run(backend, dropMasked(inputs, mask), backwards, hidden, cells);
      hidden = Fixtures.rows(run.finalHidden().value());
      cells = run.finalCell() == null ? null : Fixtures.rows(run.finalCell().value());
      sequences = spread(run.outputs(), mask, flag(config, "zero_output_for_mask", false));
    }
    double[][] actual = selectOutput(testCase, config, sequences, hidden);
    CLOSENESS.check(testCase.toString(), actual, Fixtures.matrix(testCase.at("expected")));
  }

  /** What the case compares: one sequence of the batch, or the last output of all. */
  private static double[][] selectOutput(
      Golden testCase, Golden config, double[][][] sequences, double[][] hidden) {
    int[] index = testCase.integers("output_index");
    if (flag(config, "return_sequences", false)) {
      assertThat(index).as(testCase.toString()).hasSize(1);
      return sequences[index[0]];
    }
    // With return_state the index picks from the list of output and state, which are one here.
    assertThat(index).as(testCase.toString()).hasSize(flag(config, "return_state", false) ? 1 : 0);
    return hidden;
  }

  private static Cell cell(String kind, Golden config, int inputSize) {
    int units = config.integer("units");
    int gates = kind.equals("lstm") ? 4 : kind.equals("gru") ? 3 : 1;
    double[] bias = new double[gates * units];
    if (flag(config, "use_bias", true)) {
      Arrays.fill(bias, config.number("bias_initializer.constant"));
      if (kind.equals("lstm") && flag(config, "unit_forget_bias", true)) {
        Arrays.fill(bias, units, 2 * units, 1);
      }
    }
    double kernel = config.number("kernel_initializer.constant");
    double recurrent = config.number("recurrent_initializer.constant");
    Map<String, double[][]> weights = new LinkedHashMap<>();
    weights.put("inputWeights", Fixtures.constant(inputSize, gates * units, kernel));
    weights.put("recurrentWeights", Fixtures.constant(units, gates * units, recurrent));
    weights.put("bias", Cell.row(bias));
    if (kind.equals("gru") && flag(config, "reset_after", true)) {
      weights.put("recurrentBias", Cell.row(bias));
    }
    return new Cell(kind, weights);
  }

  static boolean flag(Golden config, String name, boolean otherwise) {
    return config.has(name) ? config.flag(name) : otherwise;
  }

  /** No states, one, or a list: for an LSTM two, for two directions twice as many. */
  static List<double[][]> initialStates(Golden call) {
    if (!call.has("kw.initial_state")) {
      return List.of();
    }
    if (call.has("kw.initial_state.shape")) {
      return Collections.singletonList(Fixtures.matrix(call.at("kw.initial_state")));
    }
    return call.objects("kw.initial_state").stream().map(Fixtures::matrix).toList();
  }

  static boolean[][] mask(Golden call, double[][][] inputs) {
    boolean[][] mask = new boolean[inputs.length][inputs[0].length];
    @Nullable List<?> given = call.has("kw.mask") ? call.list("kw.mask.data") : null;
    for (int row = 0; row < mask.length; row++) {
      for (int t = 0; t < mask[row].length; t++) {
        mask[row][t] = given == null || given.get(row * mask[row].length + t).equals(true);
      }
    }
    return mask;
  }

  static double[][][] dropMasked(double[][][] inputs, boolean[][] mask) {
    double[][][] kept = new double[inputs.length][][];
    for (int row = 0; row < inputs.length; row++) {
      List<double[]> tokens = new ArrayList<>();
      for (int t = 0; t < inputs[row].length; t++) {
        if (mask[row][t]) {
          tokens.add(inputs[row][t]);
        }
      }
      kept[row] = tokens.toArray(double[][]::new);
    }
    return kept;
  }

  /**
   * Puts outputs back where their tokens were; a masked step repeats the one before, or is zero.
   */
  private static double[][][] spread(double[][][] outputs, boolean[][] mask, boolean zeros) {
    double[][][] all = new double[outputs.length][][];
    for (int row = 0; row < outputs.length; row++) {
      double[] zero = new double[outputs[row][0].length];
      double[] last = zero;
      all[row] = new double[mask[row].length][];
      int next = 0;
      for (int t = 0; t < mask[row].length; t++) {
        if (mask[row][t]) {
          last = outputs[row][next++];
        }
        all[row][t] = mask[row][t] || !zeros ? last : zero;
      }
    }
    return all;
  }
}
