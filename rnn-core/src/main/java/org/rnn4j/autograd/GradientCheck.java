package org.rnn4j.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Holds hand-written gradients against central differences, in float64. For every element x of
 * every variable
 *
 * <pre>
 *   numeric = (8·(L(x + h) − L(x − h)) − (L(x + 2h) − L(x − 2h))) / 12h      h = step · max(1, |x|)
 *   error = |analytic − numeric| / max(|analytic|, |numeric|, floor · s)
 * </pre>
 *
 * <p>where s is the greatest gradient in the variable's tensor: entries tiny beside their tensor
 * are held to the tensor's scale, since differences cannot resolve them. The differences are those
 * of fourth order, off by the order of h⁴, so that h can be large enough to see small gradients
 * through the rounding of L, which is some 1e-16·|L|/h. Dropout is allowed: every evaluation is
 * given the same masks.
 *
 * <pre>{@code
 * GradientCheck.of(pass -> loss(pass, layer.forward(pass, input)))
 *     .variable("x", x)
 *     .variables(layer.parameters())
 *     .run()
 *     .requireBelow(1e-6);
 * }</pre>
 */
public final class GradientCheck {
  private final Function<Pass, Variable> loss;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private Backend backend = ReferenceBackend.INSTANCE;
  private double step = 1e-4;
  private double floor = 1e-3;
  private long seed = 1;

  private GradientCheck(Function<Pass, Variable> loss) {
    this.loss = loss;
  }

  /** A check of a scalar function, which is evaluated four times for every element under test. */
  public static GradientCheck of(Function<Pass, Variable> loss) {
    return new GradientCheck(loss);
  }

  /**
   * Adds a variable to test.
   *
   * @throws IllegalArgumentException if it is not float64, is a constant, or the name is taken
   */
  public GradientCheck variable(String name, Variable variable) {
    if (variable.value().type() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "Expected " + name + " to be FLOAT64, got " + variable.value().type());
    }
    if (!variable.isDifferentiable()) {
      throw new IllegalArgumentException(
          "Expected " + name + " to be differentiable, got a constant");
    }
    if (variables.putIfAbsent(name, variable) != null) {
      throw new IllegalArgumentException("Expected unique names, got " + name + " twice");
    }
    return this;
  }

  /** Adds parameters by their names; frozen ones are passed over. */
  public GradientCheck variables(Iterable<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (parameter.isDifferentiable()) {
        variable(parameter.name(), parameter);
      }
    }
    return this;
  }

  /**
   * The backend under test; {@link ReferenceBackend} unless told.
   *
   * @throws IllegalArgumentException if it does not compute in float64
   */
  public GradientCheck backend(Backend backend) {
    if (backend.type() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "Expected a backend of FLOAT64, got " + backend.type() + "; differences need its bits");
    }
    this.backend = backend;
    return this;
  }

  /**
   * The relative step of the differences; 1e-4 unless told. A larger one, to 1e-3, resolves smaller
   * gradients of smooth functions; a smaller one keeps clear of the corners of ReLU and maxima.
   *
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public GradientCheck step(double step) {
    if (!(step > 0 && step < 1)) {
      throw new IllegalArgumentException("Expected step between 0 and 1, got " + step);
    }
    this.step = step;
    return this;
  }

  /**
   * The part of a tensor's greatest gradient below which errors count absolutely; 1e-3 unless told.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public GradientCheck floor(double floor) {
    if (!(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException("Expected floor from 0 to 1, got " + floor);
    }
    this.floor = floor;
    return this;
  }

  /** The seed of the dropout masks; 1 unless told. */
  public GradientCheck seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Evaluates everything. Values end as they were, whatever happens; the variables' gradients are
   * overwritten with those of the loss.
   *
   * @throws IllegalStateException if there is no variable to test
   */
  public Report run() {
    if (variables.isEmpty()) {
      throw new IllegalStateException("Expected at least one variable to check, got none");
    }
    variables.values().forEach(variable -> variable.gradient(zeros(variable)));
    Tape tape = new Tape();
    tape.backward(loss.apply(pass(tape)));
    List<Entry> entries = new ArrayList<>();
    variables.forEach((name, variable) -> check(name, variable, entries));
    return new Report(entries);
  }

  private static Tensor zeros(Variable variable) {
    return Tensor.zeros(DType.FLOAT64, variable.value().shape());
  }

  private Pass pass(Tape tape) {
    Workspace workspace = new Workspace(DType.FLOAT64);
    return Pass.training(backend, workspace, tape, new RandomStream(seed));
  }

  private void check(String name, Variable variable, List<Entry> entries) {
    Tensor analytic = variable.gradient();
    double scale = 0;
    double[] numeric = new double[analytic.size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = difference(variable.value(), i);
      scale = Math.max(scale, Math.max(Math.abs(numeric[i]), Math.abs(analytic.get(i))));
    }
    for (int i = 0; i < numeric.length; i++) {
      double exact = analytic.get(i);
      double size = Math.max(Math.max(Math.abs(exact), Math.abs(numeric[i])), floor * scale);
      double error = size == 0 ? 0 : Math.abs(exact - numeric[i]) / size;
      entries.add(new Entry(name, i, exact, numeric[i], error));
    }
  }

  private double difference(Tensor value, int index) {
    double kept = value.get(index);
    double h = step * Math.max(1, Math.abs(kept));
    try {
      double near = evaluate(value, index, kept + h) - evaluate(value, index, kept - h);
      double far = evaluate(value, index, kept + 2 * h) - evaluate(value, index, kept - 2 * h);
      return (8 * near - far) / (12 * h);
    } finally {
      value.set(index, kept);
    }
  }

  private double evaluate(Tensor value, int index, double element) {
    value.set(index, element);
    return loss.apply(pass(new Tape())).value().get(0);
  }

  /**
   * One element's gradient, both ways.
   *
   * @param variable the variable's name
   * @param index the element, row-major
   * @param analytic by backpropagation
   * @param numeric by central difference
   * @param error the relative error
   */
  public record Entry(String variable, int index, double analytic, double numeric, double error) {}

  /**
   * The result of a check.
   *
   * @param entries every element of every variable, in the order added
   */
  public record Report(List<Entry> entries) {
    /** Copies the list. */
    public Report {
      entries = List.copyOf(entries);
    }

    /**
     * The element with the greatest relative error; not-a-number counts as the greatest.
     *
     * @throws IllegalStateException if all variables are empty
     */
    public Entry worst() {
      if (entries.isEmpty()) {
        throw new IllegalStateException("Expected variables with elements, got empty ones only");
      }
      Entry worst = entries.get(0);
      for (Entry entry : entries) {
        if (Double.compare(entry.error(), worst.error()) > 0) {
          worst = entry;
        }
      }
      return worst;
    }

    /**
     * Passes if every error is at most the limit.
     *
     * @throws AssertionError naming the worst element otherwise
     */
    public Report requireBelow(double limit) {
      Entry worst = worst();
      if (!(worst.error() <= limit)) {
        throw new AssertionError(
            "Expected relative errors of at most "
                + limit
                + ", got "
                + worst.error()
                + " at "
                + worst.variable()
                + "["
                + worst.index()
                + "]: backpropagation gives "
                + worst.analytic()
                + ", central differences "
                + worst.numeric());
      }
      return this;
    }
  }
}
