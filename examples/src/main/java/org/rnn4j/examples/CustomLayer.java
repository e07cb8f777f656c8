package org.rnn4j.examples;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.autograd.GradientCheck;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.layer.Activations;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.Signal;
import org.rnn4j.layer.Weights;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * A layer that the library does not have, with its gradient derived by hand and held against
 * central differences: root mean square normalisation (Zhang and Sennrich 2019). For a row x of n
 * features
 *
 * <pre>
 *   s = √(mean(x²) + ε)    u = x / s    y = g∘u
 *
 *   dg += dy∘u    du = dy∘g    dx += (du − u·mean(du∘u)) / s
 * </pre>
 *
 * <p>with g learnt for each feature, its gradient summed over all rows.
 */
public final class CustomLayer {
  private CustomLayer() {}

  /** Checks the layer on random numbers and prints the worst element found. */
  public static void main(String[] arguments) {
    GradientCheck.Report report = check(1);
    System.out.printf(
        Locale.ROOT,
        "%d gradients agree with central differences; largest relative error %.1e, at %s[%d]%n",
        report.entries().size(),
        report.requireBelow(1e-6).worst().error(),
        report.worst().variable(),
        report.worst().index());
  }

  /** The check of every parameter and every input of a layer on five rows of seven features. */
  static GradientCheck.Report check(long seed) {
    RandomStream random = new RandomStream(seed);
    Layer layer =
        new Spec(1e-5).create(Signal.texts(7), Weights.drawn(DType.FLOAT64, random.derive("w")));
    for (Parameter parameter : layer.parameters()) {
      fill(parameter.value(), random); // a gain of 1 would hide mistakes
    }
    Variable x = Variable.differentiable(fill(Tensor.zeros(DType.FLOAT64, 5, 7), random));
    int[] labels = {0, 3, 6, 1, 1};
    return GradientCheck.of(
            pass ->
                SoftmaxCrossEntropy.softmaxCrossEntropy()
                    .apply(pass, layer.forward(pass, Activations.texts(x)).values(), labels))
        .variable("x", x)
        .variables(layer.parameters())
        .run();
  }

  private static Tensor fill(Tensor tensor, RandomStream random) {
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, random.nextGaussian());
    }
    return tensor;
  }

  /**
   * What the layer is.
   *
   * @param epsilon keeps rows of zeros from being divided by zero
   */
  record Spec(double epsilon) implements LayerSpec {
    @Override
    public String type() {
      return "rms_normalisation";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("epsilon", epsilon);
    }

    @Override
    public Signal output(Signal input) {
      return input; // a row in, a row out, for tokens and for texts
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new RmsNormalisation(
          this, weights.parameter("gain", true, Initializer.constant(1), input.width()));
    }
  }

  /**
   * The layer.
   *
   * @param gain g, one for each feature
   */
  private record RmsNormalisation(Spec spec, Parameter gain) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of(gain);
    }

    @Override
    public Activations forward(Pass pass, Activations input) {
      Variable x = input.values(gain.value().size(), spec.type());
      int rows = x.value().rows();
      int width = x.value().columns();
      Tensor u = pass.workspace().uninitialised(rows, width);
      Tensor y = pass.workspace().uninitialised(rows, width);
      double[] deviation = new double[rows];
      for (int row = 0; row < rows; row++) {
        double square = 0;
        for (int i = 0; i < width; i++) {
          square += x.value().get(row, i) * x.value().get(row, i) / width;
        }
        deviation[row] = Math.sqrt(square + spec.epsilon);
        for (int i = 0; i < width; i++) {
          u.set(row, i, x.value().get(row, i) / deviation[row]);
          y.set(row, i, gain.value().get(i) * u.get(row, i));
        }
      }
      Variable result = pass.result(y, x, gain);
      pass.record(
          result,
          () -> {
            Tensor dy = result.gradient();
            for (int row = 0; row < rows; row++) {
              backward(pass, x, u, dy, row, deviation[row]);
            }
          });
      return input.with(result);
    }

    private void backward(Pass pass, Variable x, Tensor u, Tensor dy, int row, double deviation) {
      Tensor dg = pass.target(gain);
      Tensor dx = pass.target(x);
      int width = u.columns();
      double along = 0;
      for (int i = 0; i < width; i++) {
        along += dy.get(row, i) * gain.value().get(i) * u.get(row, i) / width;
        if (dg != null) {
          dg.set(i, dg.get(i) + dy.get(row, i) * u.get(row, i));
        }
      }
      for (int i = 0; dx != null && i < width; i++) {
        double du = dy.get(row, i) * gain.value().get(i);
        dx.set(row, i, dx.get(row, i) + (du - u.get(row, i) * along) / deviation);
      }
    }
  }
}
