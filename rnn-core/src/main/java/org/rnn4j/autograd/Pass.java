package org.rnn4j.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
  private final List<Variable> penalties;
  private final @Nullable Consumer<Tensor> attention;

  private Pass(
      Backend backend,
      Workspace workspace,
      @Nullable Tape tape,
      @Nullable RandomStream random,
      List<Variable> penalties,
      @Nullable Consumer<Tensor> attention) {
    if (workspace.type() != backend.type()) {
      throw new IllegalArgumentException(
          "Expected a workspace of " + backend.type() + ", got " + workspace.type());
    }
    this.backend = backend;
    this.workspace = workspace;
    this.tape = tape;
    this.random = random;
    this.penalties = penalties;
    this.attention = attention;
  }

  private Pass(
      Backend backend, Workspace workspace, @Nullable Tape tape, @Nullable RandomStream random) {
    this(backend, workspace, tape, random, new ArrayList<>(), null);
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
    return random == null
        ? this
        : new Pass(backend, workspace, tape, random.derive(label), penalties, attention);
  }

  /**
   * The same pass, telling somebody the weights of every layer that attends, {@code [tokens, hops]}
   * in packed order, in the order of the layers.
   */
  public Pass watching(Consumer<Tensor> attentionWeights) {
    return new Pass(backend, workspace, tape, random, penalties, attentionWeights);
  }

  /** What a layer that attends calls with its weights, {@code [tokens, hops]}. */
  public void attended(Tensor weights) {
    if (attention != null) {
      attention.accept(weights);
    }
  }

  /**
   * Adds a term to what training makes small, beside the loss: what a layer says about its own
   * values, as the penalty of attention does. Without effect where no gradients are wanted.
   *
   * @throws IllegalArgumentException if it is not a scalar
   */
  public void penalize(Variable penalty) {
    if (penalty.value().size() != 1) {
      throw new IllegalArgumentException(
          "Expected a scalar penalty, got a value of shape " + penalty.value().shape());
    }
    if (isRecording()) {
      penalties.add(penalty);
    }
  }

  /**
   * What training makes small: the loss and every penalty of this pass's layers. The loss itself
   * where there is none.
   */
  public Variable objective(Variable loss) {
    return objective(loss, 1);
  }

  /**
   * The same for a pass over some of the texts that a step learns from.
   *
   * @param share their part of all these texts, of which a penalty is the mean
   */
  public Variable objective(Variable loss, double share) {
    Variable sum = loss;
    for (Variable penalty : penalties) {
      sum = RowOperations.addScaled(this, sum, penalty, share);
    }
    return sum;
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
