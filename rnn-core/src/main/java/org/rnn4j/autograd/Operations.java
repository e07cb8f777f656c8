package org.rnn4j.autograd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.Rows;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * The differentiable operations, each with its backward beside it. They compute on the pass's
 * backend and record themselves on its tape, where there is one. All throw {@link
 * IllegalArgumentException} where shapes do not fit each other, before anything is computed.
 */
public final class Operations {
  private Operations() {}

  /** {@code y = x·W + b}: x {@code [rows, in]}, W {@code [in, out]}, b {@code [out]} or null. */
  public static Variable affine(Pass pass, Variable x, Variable weights, @Nullable Variable bias) {
    requireSize("the width of x", weights.value().rows(), x.value().columns(), x);
    if (bias != null) {
      requireSize("the size of the bias", weights.value().columns(), bias.value().size(), bias);
    }
    Tensor y = pass.workspace().uninitialised(x.value().rows(), weights.value().columns());
    pass.backend().affine(x.value(), weights.value(), bias == null ? null : bias.value(), y);
    Variable result = pass.result(y, x, weights, bias);
    pass.record(
        result,
        () ->
            pass.backend()
                .affineBackward(
                    x.value(),
                    weights.value(),
                    result.gradient(),
                    pass.target(x),
                    pass.target(weights),
                    pass.target(bias)));
    return result;
  }

  /** {@code y = activation(x)}. */
  public static Variable activate(Pass pass, Activation activation, Variable x) {
    if (activation == Activation.LINEAR) {
      return x;
    }
    Tensor y = pass.workspace().uninitialised(x.value().shape().dimensions());
    pass.backend().activate(activation, x.value(), y);
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          if (dx != null) {
            pass.backend().activateBackward(activation, y, result.gradient(), dx);
          }
        });
    return result;
  }

  /** {@code y = x∘mask}; no gradient reaches the mask. */
  public static Variable mask(Pass pass, Variable x, Tensor mask) {
    if (!mask.shape().equals(x.value().shape())) {
      throw new IllegalArgumentException(
          "Expected a mask of shape " + x.value().shape() + ", got " + mask.shape());
    }
    Tensor y = pass.workspace().uninitialised(x.value().shape().dimensions());
    pass.backend().multiply(x.value(), mask, y);
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          if (dx != null) {
            pass.backend().multiplyBackward(mask, result.gradient(), dx);
          }
        });
    return result;
  }

  /**
   * The table's row of each token's id, {@code [tokens, width]}. Of tokens with the same id, which
   * the table takes the sum of, a recurrent operation on the result may give the gradients of all
   * to one.
   */
  public static Variable lookup(Pass pass, Sequences sequences, Variable table) {
    // Groups are made for gradients and for updates that were put off; plain reading needs none.
    RowSet used =
        table instanceof Parameter && table.isDifferentiable() && pass.isRecording()
            ? new RowSet(sequences.groups().ids(), sequences.groups().size())
            : null;
    Tensor rows =
        used != null && table instanceof Parameter parameter
            ? parameter.value(used)
            : table.value();
    Tensor y = pass.workspace().uninitialised(sequences.tokens(), rows.columns());
    pass.backend().lookup(sequences, rows, y);
    Variable result = pass.result(y, table);
    result.groups(used == null ? null : sequences.groups());
    pass.record(
        result,
        () -> {
          Tensor target = used == null ? pass.target(table) : pass.target(table, used);
          if (target != null) {
            pass.backend().lookupBackward(sequences, result.gradient(), target);
          }
        });
    return result;
  }

  static void requireRowForEachToken(Sequences sequences, Variable x) {
    requireSize("the rows of x, one a token,", sequences.tokens(), x.value().rows(), x);
  }

  static void requireSize(String what, int expected, int actual, Variable of) {
    if (actual != expected) {
      throw new IllegalArgumentException(
          "Expected "
              + what
              + " to be "
              + expected
              + ", got "
              + actual
              + " in the shape "
              + of.value().shape());
    }
  }

  /**
   * The value at the last token read of each sequence, {@code [batch, width]} in original order;
   * zeros for an empty sequence.
   *
   * @param reverse whether the sequences were read from their ends, so that the first token was
   *     read last
   */
  public static Variable lastState(Pass pass, Sequences sequences, boolean reverse, Variable x) {
    requireRowForEachToken(sequences, x);
    Tensor y = pass.workspace().zeros(sequences.batch(), x.value().columns());
    for (int row = 0; row < sequences.batch(); row++) {
      if (sequences.length(row) > 0) {
        Rows.copy(x.value(), lastRead(sequences, reverse, row), y, sequences.original(row));
      }
    }
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          for (int row = 0; row < sequences.batch() && dx != null; row++) {
            if (sequences.length(row) > 0) {
              int token = lastRead(sequences, reverse, row);
              Rows.add(result.gradient(), sequences.original(row), 1, dx, token);
            }
          }
        });
    return result;
  }

  private static int lastRead(Sequences sequences, boolean reverse, int row) {
    return sequences.offset(reverse ? 0 : sequences.length(row) - 1) + row;
  }

  /**
   * The mean over each sequence's tokens, {@code [batch, width]} in original order; zeros for an
   * empty sequence.
   */
  public static Variable meanOverTime(Pass pass, Sequences sequences, Variable x) {
    requireRowForEachToken(sequences, x);
    Tensor y = pass.workspace().zeros(sequences.batch(), x.value().columns());
    for (int step = 0; step < sequences.steps(); step++) {
      for (int row = 0; row < sequences.size(step); row++) {
        double share = 1.0 / sequences.length(row);
        Rows.add(x.value(), sequences.offset(step) + row, share, y, sequences.original(row));
      }
    }
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          for (int step = 0; step < sequences.steps() && dx != null; step++) {
            for (int row = 0; row < sequences.size(step); row++) {
              double share = 1.0 / sequences.length(row);
              int token = sequences.offset(step) + row;
              Rows.add(result.gradient(), sequences.original(row), share, dx, token);
            }
          }
        });
    return result;
  }

  /**
   * The greatest value over each sequence's tokens, feature by feature, {@code [batch, width]} in
   * original order; zeros for an empty sequence. The gradient goes to the first token that holds
   * it.
   */
  public static Variable maxOverTime(Pass pass, Sequences sequences, Variable x) {
    requireRowForEachToken(sequences, x);
    int width = x.value().columns();
    Tensor y = pass.workspace().zeros(sequences.batch(), width);
    int[] winners = new int[sequences.batch() * width]; // by original order
    for (int step = 0; step < sequences.steps(); step++) {
      for (int row = 0; row < sequences.size(step); row++) {
        int token = sequences.offset(step) + row;
        int original = sequences.original(row);
        if (step == 0) {
          Rows.copy(x.value(), token, y, original);
          Arrays.fill(winners, original * width, (original + 1) * width, token);
        } else {
          Rows.takeGreater(x.value(), token, y, original, winners);
        }
      }
    }
    Variable result = pass.result(y, x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          for (int row = 0; row < sequences.batch() && dx != null; row++) {
            int original = sequences.original(row);
            for (int j = 0; j < width && sequences.length(row) > 0; j++) {
              int winner = winners[original * width + j];
              dx.set(winner, j, dx.get(winner, j) + result.gradient().get(original, j));
            }
          }
        });
    return result;
  }
}
