package org.rnn4j.autograd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.GruWeights;
import org.rnn4j.backend.LstmWeights;
import org.rnn4j.backend.RecurrentGradients;
import org.rnn4j.backend.RecurrentRun;
import org.rnn4j.backend.SimpleRnnWeights;
import org.rnn4j.tensor.Tensor;

/**
 * Whole recurrent layers over packed sequences as differentiable operations, each one node of the
 * tape. All throw {@link IllegalArgumentException} where shapes do not fit each other, before
 * anything is computed.
 */
public final class RecurrentOperations {
  private RecurrentOperations() {}

  /**
   * What a recurrent operation gives.
   *
   * @param outputs h of every token, {@code [tokens, H]}, packed
   * @param finalCells c after the last token read, {@code [batch, hidden]} in original order; of an
   *     LSTM only
   */
  public record Recurrence(Variable outputs, @Nullable Variable finalCells) {}

  /**
   * The weights of an LSTM as variables: equations and shapes at {@link LstmWeights}.
   *
   * @param peepholes or null
   * @param projection or null
   * @param cellClip or infinity
   * @param projectionClip or infinity
   */
  public record Lstm(
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      @Nullable Variable peepholes,
      @Nullable Variable projection,
      double cellClip,
      double projectionClip) {
    /** An LSTM without projection and limits. */
    public Lstm(
        Variable inputWeights,
        Variable recurrentWeights,
        Variable bias,
        @Nullable Variable peepholes) {
      this(
          inputWeights,
          recurrentWeights,
          bias,
          peepholes,
          null,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY);
    }

    /** The weights' present values. */
    public LstmWeights values() {
      return new LstmWeights(
          inputWeights.value(),
          recurrentWeights.value(),
          bias.value(),
          value(peepholes),
          value(projection),
          cellClip,
          projectionClip);
    }
  }

  /**
   * The weights of a GRU as variables: equations and shapes at {@link GruWeights}.
   *
   * @param recurrentBias for the reset gate after the product, null for the form before it
   */
  public record Gru(
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      @Nullable Variable recurrentBias) {
    /** The weights' present values. */
    public GruWeights values() {
      return new GruWeights(
          inputWeights.value(), recurrentWeights.value(), bias.value(), value(recurrentBias));
    }
  }

  /**
   * The weights of a simple layer as variables: equations and shapes at {@link SimpleRnnWeights}.
   */
  public record SimpleRnn(Variable inputWeights, Variable recurrentWeights, Variable bias) {
    /** The weights' present values. */
    public SimpleRnnWeights values() {
      return new SimpleRnnWeights(inputWeights.value(), recurrentWeights.value(), bias.value());
    }
  }

  /** Runs an LSTM. */
  public static Recurrence lstm(Pass pass, Lstm weights, Reading reading) {
    RecurrentRun run = pass.backend().lstm(weights.values(), reading.input(pass), pass.workspace());
    Variable[] inputs = {
      reading.values(),
      weights.inputWeights,
      weights.recurrentWeights,
      weights.bias,
      weights.peepholes,
      weights.projection,
      reading.initialHidden(),
      reading.initialCell()
    };
    Variable outputs = pass.result(run.outputs(), inputs);
    Tensor cells = run.finalCells();
    Variable finalCells = cells == null ? null : pass.result(cells, inputs);
    recordBoth(
        pass,
        outputs,
        finalCells,
        () ->
            run.backward(
                new RecurrentGradients(
                    target(pass, outputs),
                    finalCells == null || !finalCells.hasGradient() ? null : finalCells.gradient(),
                    pass.target(reading.values()),
                    pass.target(weights.inputWeights),
                    pass.target(weights.recurrentWeights),
                    pass.target(weights.bias),
                    null,
                    pass.target(weights.peepholes),
                    pass.target(weights.projection),
                    pass.target(reading.initialHidden()),
                    pass.target(reading.initialCell()))));
    return new Recurrence(outputs, finalCells);
  }

  /** Runs a GRU. */
  public static Recurrence gru(Pass pass, Gru weights, Reading reading) {
    RecurrentRun run = pass.backend().gru(weights.values(), reading.input(pass), pass.workspace());
    return withoutCells(
        pass,
        run,
        reading,
        weights.inputWeights,
        weights.recurrentWeights,
        weights.bias,
        weights.recurrentBias);
  }

  /** Runs a simple recurrent layer. */
  public static Recurrence simpleRnn(Pass pass, SimpleRnn weights, Reading reading) {
    RecurrentRun run =
        pass.backend().simpleRnn(weights.values(), reading.input(pass), pass.workspace());
    return withoutCells(
        pass, run, reading, weights.inputWeights, weights.recurrentWeights, weights.bias, null);
  }

  private static Recurrence withoutCells(
      Pass pass,
      RecurrentRun run,
      Reading reading,
      Variable inputWeights,
      Variable recurrentWeights,
      Variable bias,
      @Nullable Variable recurrentBias) {
    Variable outputs =
        pass.result(
            run.outputs(),
            reading.values(),
            inputWeights,
            recurrentWeights,
            bias,
            recurrentBias,
            reading.initialHidden());
    pass.record(
        outputs,
        () ->
            run.backward(
                new RecurrentGradients(
                    outputs.gradient(),
                    null,
                    pass.target(reading.values()),
                    pass.target(inputWeights),
                    pass.target(recurrentWeights),
                    pass.target(bias),
                    pass.target(recurrentBias),
                    null,
                    null,
                    pass.target(reading.initialHidden()),
                    null)));
    return new Recurrence(outputs, null);
  }

  /** Records a backward that runs once if a gradient has reached either of two results. */
  private static void recordBoth(
      Pass pass, Variable outputs, @Nullable Variable finalCells, Runnable backward) {
    boolean[] done = {false};
    Runnable once =
        () -> {
          if (!done[0]) {
            done[0] = true;
            backward.run();
          }
        };
    pass.record(outputs, once);
    if (finalCells != null) {
      pass.record(finalCells, once);
    }
  }

  private static Tensor target(Pass pass, Variable result) {
    Tensor gradient = pass.target(result);
    if (gradient == null) {
      throw new IllegalStateException("A recorded result has no gradient");
    }
    return gradient;
  }

  private static @Nullable Tensor value(@Nullable Variable variable) {
    return variable == null ? null : variable.value();
  }
}
