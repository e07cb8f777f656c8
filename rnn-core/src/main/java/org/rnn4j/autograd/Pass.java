package org.rnn4j.autograd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.RowSet;
import org.rnn4j.backend.Workspace;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * One forward pass through a network: where it computes (backend and workspace), whether gradients
 * will be wanted (a tape), and whether it trains (a stream of random numbers for dropout).
 *
 * <p>A pass is for one thread; passes over the same network may run at the same time as long as
 * none of them trains.
 */
public final class Pass {
  private final Backend backend;
  private final Workspace workspace;
  private final @Nullable Tape tape;
  private final @Nullable RandomStream random;

  private Pass(
      Backend backend, Workspace workspace, @Nullable Tape tape, @Nullable RandomStream random) {
    if (workspace.type() != backend.type()) {
      throw new IllegalArgumentException(
          "Expected a workspace of " + backend.type() + ", got " + workspace.type());
    }
    this.backend = backend;
    this.workspace = workspace;
    this.tape = tape;
    this.random = random;
  }

  /** A pass that only predicts: nothing is recorded and dropout is off. */
  public static Pass inference(Backend backend, Workspace workspace) {
    return new Pass(backend, workspace, null, null);
  }

  /**
   * A pass that records for gradients but drops nothing, as gradient checks of deterministic
   * networks want.
   */
  public static Pass recording(Backend backend, Workspace workspace, Tape tape) {
    return new Pass(backend, workspace, tape, null);
  }

  /**
   * A pass that trains.
   *
   * @param random the source of this batch's dropout masks; the same stream gives the same masks
   */
  public static Pass training(
      Backend backend, Workspace workspace, Tape tape, RandomStream random) {
    return new Pass(backend, workspace, tape, random);
  }

  /** The same pass with a random stream of its own, named by a label, such as a layer's name. */
  public Pass derive(String label) {
    return random == null ? this : new Pass(backend, workspace, tape, random.derive(label));
  }

  /** Where the pass computes. */
  public Backend backend() {
    return backend;
  }

  /** Where its temporary tensors live. */
  public Workspace workspace() {
    return workspace;
  }

  /** Whether gradients will be wanted. */
  public boolean isRecording() {
    return tape != null;
  }

  /** Whether the pass trains, so that dropout is on. */
  public boolean isTraining() {
    return random != null;
  }

  /**
   * The stream that this pass's random choices are drawn from.
   *
   * @throws IllegalStateException if the pass does not train
   */
  public RandomStream random() {
    if (random == null) {
      throw new IllegalStateException("A pass that does not train makes no random choices");
    }
    return random;
  }

  /**
   * Wraps an operation's result; it is differentiable if the pass records and any input is.
   * Operations outside this library are written as the ones in {@link Operations}: compute the
   * value, wrap it, {@link #record} the backward.
   */
  public Variable result(Tensor value, @Nullable Variable... inputs) {
    boolean differentiable = false;
    for (Variable input : inputs) {
      differentiable |= input != null && input.isDifferentiable();
    }
    return new Variable(value, tape != null && differentiable);
  }

  /**
   * Records how the gradient of a result reaches its inputs; does nothing where no gradient will be
   * wanted.
   */
  public void record(Variable result, Runnable backward) {
    if (tape != null && result.isDifferentiable()) {
      tape.record(
          () -> {
            if (result.hasGradient()) {
              backward.run();
            }
          });
    }
  }

  /**
   * As {@link #target(Variable)}, for an operation that adds to the given rows only: a parameter
   * then knows that the others are zero.
   */
  public @Nullable Tensor target(Variable input, RowSet rows) {
    return input instanceof Parameter parameter && parameter.isDifferentiable()
        ? parameter.gradientOf(rows)
        : target(input);
  }

  /** Where an operation's backward adds the gradient of an input; null where none is wanted. */
  public @Nullable Tensor target(@Nullable Variable input) {
    if (input == null || !input.isDifferentiable()) {
      return null;
    }
    if (!input.hasGradient() && !(input instanceof Parameter)) {
      input.gradient(workspace.zerosLike(input.value()));
    }
    return input.gradient();
  }
}
