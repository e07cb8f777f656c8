package org.rnn4j.autograd;

import java.util.List;
import org.rnn4j.backend.Rows;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * The differentiable operations on rows, of tokens or of texts, that join or even out values, as
 * those of {@link Operations}. All throw {@link IllegalArgumentException} where shapes do not fit
 * each other, before anything is computed.
 */
public final class RowOperations {
  private RowOperations() {}

  /** {@code y = a + b}, element by element. */
  public static Variable add(Pass pass, Variable a, Variable b) {
    requireSameShape(a.value(), b.value());
    Tensor y = pass.workspace().uninitialised(a.value().shape().dimensions());
    pass.backend().add(a.value(), b.value(), y);
    Variable result = pass.result(y, a, b);
    pass.record(
        result,
        () -> {
          for (Variable term : List.of(a, b)) {
            Tensor target = pass.target(term);
            if (target != null) {
              pass.backend().add(target, result.gradient(), target);
            }
          }
        });
    return result;
  }

  /** {@code y = a + factor·b}, element by element. */
  public static Variable addScaled(Pass pass, Variable a, Variable b, double factor) {
    requireSameShape(a.value(), b.value());
    Tensor y = pass.workspace().zerosLike(a.value());
    pass.backend().addScaled(y, a.value(), 1);
    pass.backend().addScaled(y, b.value(), factor);
    Variable result = pass.result(y, a, b);
    pass.record(
        result,
        () -> {
          addTo(pass, a, result, 1);
          addTo(pass, b, result, factor);
        });
    return result;
  }

  private static void addTo(Pass pass, Variable term, Variable result, double factor) {
    Tensor target = pass.target(term);
    if (target != null) {
      pass.backend().addScaled(target, result.gradient(), factor);
    }
  }

  /**
   * Rows side by side: {@code y[row] = (parts[0][row] | parts[1][row] | …)}.
   *
   * @param parts each {@code [rows, width]} of a width of its own
   */
  public static Variable concatenate(Pass pass, List<Variable> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one part to concatenate, got none");
    }
    int rows = parts.get(0).value().rows();
    int width = 0;
    for (Variable part : parts) {
      if (part.value().rows() != rows) {
        throw new IllegalArgumentException(
            "Expected parts of " + rows + " rows, got one of shape " + part.value().shape());
      }
      width = Math.addExact(width, part.value().columns());
    }
    Tensor y = pass.workspace().uninitialised(rows, width);
    int first = 0;
    for (Variable part : parts) {
      Rows.copyColumns(part.value(), 0, y, first, part.value().columns());
      first += part.value().columns();
    }
    Variable result = pass.result(y, parts.toArray(new Variable[0]));
    pass.record(
        result,
        () -> {
          int from = 0;
          for (Variable part : parts) {
            Tensor target = pass.target(part);
            if (target != null) {
              Rows.addColumns(result.gradient(), from, target, 0, target.columns());
            }
            from += part.value().columns();
          }
        });
    return result;
  }

  /**
   * Layer normalisation: {@code y = gain∘(x − mean(x))/√(variance(x) + ε) + bias}, row by row.
   *
   * @param x {@code [rows, width]}
   * @param gain {@code [width]}
   * @param bias {@code [width]}
   */
  public static Variable layerNorm(
      Pass pass, Variable x, Variable gain, Variable bias, double epsilon) {
    int rows = x.value().rows();
    int width = x.value().columns();
    Operations.requireSize("the size of the gain", width, gain.value().size(), gain);
    Operations.requireSize("the size of the bias", width, bias.value().size(), bias);
    Tensor normalized = pass.workspace().uninitialised(rows, width);
    Tensor scales = pass.workspace().uninitialised(rows);
    Tensor y = pass.workspace().uninitialised(rows, width);
    pass.backend().layerNorm(x.value(), gain.value(), bias.value(), epsilon, normalized, scales, y);
    Variable result = pass.result(y, x, gain, bias);
    pass.record(
        result,
        () ->
            pass.backend()
                .layerNormBackward(
                    normalized,
                    scales,
                    gain.value(),
                    result.gradient(),
                    pass.target(x),
                    pass.target(gain),
                    pass.target(bias)));
    return result;
  }

  /**
   * The scalar {@code factor·Σ(x − target)²} over all elements, in double precision; no gradient
   * reaches the target.
   */
  public static Variable squaredDistance(Pass pass, Variable x, Tensor target, double factor) {
    requireSameShape(x.value(), target);
    double sum = 0;
    for (int i = 0; i < target.size(); i++) {
      double difference = x.value().get(i) - target.get(i);
      sum += difference * difference;
    }
    Variable result = pass.result(Tensor.of(pass.backend().type(), Shape.of(), factor * sum), x);
    pass.record(
        result,
        () -> {
          Tensor dx = pass.target(x);
          double above = 2 * factor * result.gradient().get(0);
          for (int i = 0; i < target.size() && dx != null; i++) {
            dx.set(i, dx.get(i) + above * (x.value().get(i) - target.get(i)));
          }
        });
    return result;
  }

  private static void requireSameShape(Tensor expected, Tensor actual) {
    if (!actual.shape().equals(expected.shape())) {
      throw new IllegalArgumentException(
          "Expected values of one shape, got " + expected.shape() + " and " + actual.shape());
    }
  }
}
