package org.rnn4j.autograd;

import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.RowSet;
import org.rnn4j.tensor.Tensor;

/**
 * A trainable tensor of a layer. Its gradient is kept from batch to batch and added to by each
 * {@link Tape#backward}; whoever trains clears it with {@link #clearGradient} before the next.
 *
 * <p>Of a large table, such as an embedding, a step uses few rows. So a gradient that has only been
 * reached through {@link Operations#lookup} knows its rows ({@link #rowGradient}), and an optimiser
 * may {@link #defer} the updates of rows that are not in use: they are made up for when a row is
 * next read, all of them when {@link #value} is asked for.
 */
public final class Parameter extends Variable {
  private final String name;
  private @Nullable RowGradient rowGradient;
  private boolean gradientIsWhole = true;
  private @Nullable DeferredUpdates deferred;

  /**
   * A parameter.
   *
   * @param name unique within its layer, for example {@code input_weights}
   * @param value the initial value, which training overwrites in place
   * @param trainable whether gradients are computed; a frozen parameter keeps its value
   */
  public Parameter(String name, Tensor value, boolean trainable) {
    super(value, trainable);
    this.name = name;
  }

  /** Updates that have been put off. */
  public interface DeferredUpdates {
    /** Carries out what was put off for some rows. */
    void settle(RowSet rows);

    /** Carries out everything that was put off. */
    void settleAll();
  }

  /** The name within the layer. */
  public String name() {
    return name;
  }

  /** The value, up to date in all rows. */
  @Override
  public Tensor value() {
    if (deferred != null) {
      deferred.settleAll();
    }
    return super.value();
  }

  /** The value, up to date in the given rows at least. */
  public Tensor value(RowSet rows) {
    if (deferred != null) {
      deferred.settle(rows);
    }
    return super.value();
  }

  /**
   * Has these updates asked to settle before the value is read. What another put off before is
   * carried out first, so that every step starts from the weights that all steps before have left.
   */
  public void defer(DeferredUpdates updates) {
    if (deferred != null && deferred != updates) {
      deferred.settleAll();
    }
    deferred = updates;
  }

  /** What has put updates off, or may have; null where nothing has. */
  public @Nullable DeferredUpdates deferred() {
    return deferred;
  }

  /** Has these updates asked no longer; the caller has carried them out. */
  public void release(DeferredUpdates updates) {
    if (deferred == updates) {
      deferred = null;
    }
  }

  /**
   * The whole gradient, any element of which may be written until {@link #clearGradient}; after
   * that it must be asked for again.
   */
  @Override
  public Tensor gradient() {
    gradientIsWhole = true;
    return super.gradient();
  }

  /**
   * The gradient, where it is known to be zero but for some rows; null where it may be anything.
   */
  public @Nullable RowGradient rowGradient() {
    return gradientIsWhole ? null : rowGradient;
  }

  /** The gradient, of which the given rows are going to be added to. */
  Tensor gradientOf(RowSet rows) {
    Tensor values = super.gradient();
    if (!gradientIsWhole) {
      if (rowGradient == null) {
        rowGradient = new RowGradient(values);
      }
      rowGradient.use(rows);
    }
    return values;
  }

  /** Sets the gradient to zero, where there is one. */
  public void clearGradient() {
    RowGradient byRows = rowGradient();
    if (byRows != null) {
      byRows.clear();
    } else if (hasGradient()) {
      super.gradient().fill(0);
      rowGradient = null;
    }
    gradientIsWhole = false;
  }
}
