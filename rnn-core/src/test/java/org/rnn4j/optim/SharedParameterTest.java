package org.rnn4j.optim;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** Several owners of one table, each of which puts updates off. */
class SharedParameterTest {
  private static final FastBackend BACKEND = new FastBackend(KernelSelection.kernels());

  private static Parameter table() {
    return new Parameter("table", Tensor.zeros(DType.FLOAT32, 3, 2), true);
  }

  /** Leaves a gradient in one row; asked for as a whole, no row's update is put off. */
  private static void learn(Parameter table, int row, boolean whole, Optimizer.Run run) {
    table.clearGradient();
    Tape tape = new Tape();
    Pass pass = Pass.recording(BACKEND, new Workspace(DType.FLOAT32), tape);
    tape.backward(
        Draw.weightedSum(pass, 1, Operations.lookup(pass, Sequences.pack(new int[] {row}), table)));
    if (whole) {
      table.gradient();
    }
    run.step(BACKEND);
  }

  @Test
  void two_runs_in_turn_leave_what_whole_steps_leave() {
    Tensor[] results = new Tensor[2];
    for (int i = 0; i < 2; i++) {
      Parameter table = table();
      Optimizer.Run first = Adam.withDefaults().start(Map.of("table", table));
      Optimizer.Run second = Adam.withDefaults().start(Map.of("table", table));
      learn(table, 0, i == 1, first);
      learn(table, 1, i == 1, first);
      learn(table, 2, i == 1, second);
      learn(table, 0, i == 1, first);
      learn(table, 0, i == 1, second);
      results[i] = table.value().copy();
    }
    Bits.requireSame("two runs", results[1], results[0]);
  }

  @Test
  void a_parameter_listed_twice_is_left_as_whole_steps_leave_it() {
    Tensor[] results = new Tensor[2];
    for (int i = 0; i < 2; i++) {
      Parameter table = table();
      Optimizer.Run run = Adam.withDefaults().start(Map.of("a", table, "b", table));
      for (int row = 0; row < 3; row++) {
        learn(table, row, i == 1, run);
      }
      results[i] = table.value().copy();
    }
    Bits.requireSame("listed twice", results[1], results[0]);
  }
}
