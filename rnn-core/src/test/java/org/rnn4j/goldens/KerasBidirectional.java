package org.rnn4j.goldens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Bidirectional;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.RecurrentSpec;
import org.rnn4j.layer.RecurrentState;
import org.rnn4j.layer.Signal;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.layer.Weights;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.Tensor;

/**
 * A case of Keras' tests of its bidirectional layer: run by {@link Bidirectional}, or, where it is
 * about states or about each direction by itself, by a layer for each direction.
 */
final class KerasBidirectional {
  private static final Map<String, Merge> MERGES =
      Map.of("concat", Merge.CONCAT, "sum", Merge.SUM, "ave", Merge.MEAN, "mul", Merge.PRODUCT);

  private final Backend backend;
  private final Golden testCase;
  private final Golden config;
  private final Golden forward;
  private final Golden backward;

  private KerasBidirectional(Backend backend, Golden testCase) {
    this.backend = backend;
    this.testCase = testCase;
    config = testCase.at("layer.config");
    forward = config.at("layer");
    backward = config.has("backward_layer") ? config.at("backward_layer") : forward;
  }

  static void check(Backend backend, Golden testCase) {
    new KerasBidirectional(backend, testCase).check();
  }

  private void check() {
    List<Golden> calls = testCase.objects("calls");
    boolean separate =
        calls.size() > 1
            || calls.get(0).has("kw.initial_state")
            || testCase.integers("output_index").length > 0;
    if (separate) {
      checkEachDirection(calls);
    } else {
      checkTogether(calls.get(0));
    }
  }

  private void checkTogether(Golden call) {
    Merge merge = MERGES.get(config.has("merge_mode") ? config.string("merge_mode") : "concat");
    Sequences sequences = sequences(call);
    Tensor x = inputs(call, sequences);
    Layer layer = Bidirectional.spec(spec(forward)).merge(merge).create(signal(x), this::constant);
    Pass pass = pass();
    Activations outputs = layer.forward(pass, Activations.tokens(sequences, Variable.constant(x)));
    if (KerasFixtureTest.flag(forward.at("config"), "return_sequences", false)) {
      compare3(sequences.unpackRows(outputs.values().value()));
    } else {
      compare(Fixtures.rows(outputs.lastStates(pass).value()));
    }
  }

  private void compare3(double[][][] actual) {
    KerasFixtureTest.CLOSENESS.check(
        testCase.toString(), actual, Fixtures.cube(testCase.at("expected")));
  }

  private void compare(double[][] actual) {
    KerasFixtureTest.CLOSENESS.check(
        testCase.toString(), actual, Fixtures.matrix(testCase.at("expected")));
  }

  private void checkEachDirection(List<Golden> calls) {
    @Nullable RecurrentState toTheEnd = null;
    @Nullable RecurrentState toTheStart = null;
    for (Golden call : calls) {
      List<double[][]> given = KerasFixtureTest.initialStates(call);
      if (!given.isEmpty()) {
        toTheEnd = state(given.get(0), given.get(1));
        toTheStart = state(given.get(2), given.get(3));
      }
      Sequences sequences = sequences(call);
      Tensor x = inputs(call, sequences);
      toTheEnd = read(spec(forward), "forward.", sequences, x, toTheEnd);
      toTheStart = read(spec(backward).backwards(true), "backward.", sequences, x, toTheStart);
    }
    List<double[][]> outputs = new ArrayList<>();
    double[][] f = Fixtures.rows(toTheEnd.hidden());
    double[][] b = Fixtures.rows(toTheStart.hidden());
    int[] index = testCase.integers("output_index");
    // Of several outputs without states each is one direction: the merge mode is null.
    boolean merged =
        index.length == 0 || KerasFixtureTest.flag(forward.at("config"), "return_state", false);
    outputs.add(merged ? sideBySide(f, b) : f);
    if (!merged) {
      outputs.add(b);
    }
    if (toTheEnd.cell() != null && toTheStart.cell() != null) {
      outputs.add(f);
      outputs.add(Fixtures.rows(toTheEnd.cell()));
      outputs.add(b);
      outputs.add(Fixtures.rows(toTheStart.cell()));
    }
    compare(outputs.get(index.length == 0 ? 0 : index[0]));
  }

  private static double[][] sideBySide(double[][] f, double[][] b) {
    double[][] both = new double[f.length][];
    for (int row = 0; row < f.length; row++) {
      both[row] = Arrays.copyOf(f[row], 2 * f[row].length);
      System.arraycopy(b[row], 0, both[row], f[row].length, f[row].length);
    }
    return both;
  }

  private RecurrentState read(
      RecurrentSpec spec,
      String direction,
      Sequences sequences,
      Tensor x,
      @Nullable RecurrentState from) {
    Weights weights =
        (name, trainable, initializer, d) -> constant(direction + name, trainable, initializer, d);
    return spec.create(signal(x), weights)
        .read(pass(), Activations.tokens(sequences, Variable.constant(x)), from)
        .last();
  }

  private RecurrentState state(double[][] hidden, double[][] cell) {
    return new RecurrentState(
        Tensor.matrix(backend.type(), hidden), Tensor.matrix(backend.type(), cell));
  }

  private Pass pass() {
    return Pass.inference(backend, new Workspace(backend.type()));
  }

  private static Signal signal(Tensor x) {
    return Signal.tokens(x.columns());
  }

  private Sequences sequences(Golden call) {
    return Sequences.ofLengths(
        Arrays.stream(kept(call)).mapToInt(sequence -> sequence.length).toArray());
  }

  private Tensor inputs(Golden call, Sequences sequences) {
    double[][][] kept = kept(call);
    return sequences.packRows(backend.type(), kept[0][0].length, kept);
  }

  private static double[][][] kept(Golden call) {
    double[][][] inputs = Fixtures.cube(call.at("x"));
    return KerasFixtureTest.dropMasked(inputs, KerasFixtureTest.mask(call, inputs));
  }

  private static RecurrentSpec spec(Golden layer) {
    int units = layer.integer("config.units");
    return switch (layer.string("layer")) {
      case "LSTM" -> Lstm.spec(units);
      case "GRU" -> Gru.spec(units);
      case "SimpleRNN" -> SimpleRnn.spec(units);
      default -> throw new AssertionError("Expected a recurrent layer, got " + layer);
    };
  }

  /** A parameter as the constant initialisers have it. */
  private Parameter constant(
      String name, boolean trainable, Initializer initializer, int... dimensions) {
    Golden direction = (name.startsWith("forward.") ? forward : backward).at("config");
    String kind = name.substring(name.indexOf('.') + 1);
    Tensor value = Tensor.zeros(backend.type(), dimensions);
    value.fill(
        switch (kind) {
          case "input_weights" -> direction.number("kernel_initializer.constant");
          case "recurrent_weights" -> direction.number("recurrent_initializer.constant");
          default -> direction.number("bias_initializer.constant");
        });
    if (kind.equals("bias") && forward.string("layer").equals("LSTM")) {
      int units = forward.integer("config.units");
      for (int j = units; j < 2 * units; j++) {
        value.set(j, 1);
      }
    }
    return new Parameter(name, value, trainable);
  }
}
