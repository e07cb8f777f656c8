package org.rnn4j.text.baseline;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;

/**
 * Logistic regression with a squared penalty by liblinear's trust-region Newton method: the weights
 * w and bias b that minimise {@code ½·‖w‖² + C·Σ log(1 + exp(−yᵢ·(w·xᵢ + b)))}. The method draws no
 * random numbers and shares no state between trainings.
 */
final class Liblinear {
  /** How far the gradient falls against the first one: liblinear's default for this method. */
  private static final double TOLERANCE = 0.01;

  static {
    // It prints its progress to standard output, which belongs to the program.
    Linear.disableDebugOutput();
  }

  private Liblinear() {}

  /**
   * Trains one binary model.
   *
   * @param present the features of each text, ascending
   * @param values the value of each feature in the texts that have it
   * @param positive whether each text is of the class
   * @param cost C
   * @return the weight of each feature and, last, the bias
   */
  static double[] train(int[][] present, double[] values, boolean[] positive, double cost) {
    // A feature has one value wherever it stands, so that one object for each is enough.
    Feature[] nodes = new Feature[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      nodes[i] = new FeatureNode(i + 1, values[i]);
    }
    nodes[values.length] = new FeatureNode(values.length + 1, 1);
    Problem problem = new Problem();
    problem.l = present.length;
    problem.n = nodes.length;
    problem.bias = 1;
    problem.x = new Feature[present.length][];
    problem.y = new double[present.length];
    for (int text = 0; text < present.length; text++) {
      Feature[] row = new Feature[present[text].length + 1];
      for (int i = 0; i < present[text].length; i++) {
        row[i] = nodes[present[text][i]];
      }
      row[row.length - 1] = nodes[values.length];
      problem.x[text] = row;
      problem.y[text] = positive[text] ? 1 : -1;
    }
    Parameter parameter = new Parameter(SolverType.L2R_LR, cost, TOLERANCE);
    parameter.setRegularizeBias(false);
    Model model = Linear.train(problem, parameter);
    double[] weights = model.getFeatureWeights();
    if (model.getLabels()[0] < 0) { // they tell the class that came first
      for (int i = 0; i < weights.length; i++) {
        weights[i] = -weights[i];
      }
    }
    return weights;
  }
}
