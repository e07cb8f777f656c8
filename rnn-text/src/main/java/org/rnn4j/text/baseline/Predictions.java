package org.rnn4j.text.baseline;

import java.util.Map;
import org.rnn4j.text.classify.Prediction;

/** Makes predictions of probabilities. */
final class Predictions {
  private Predictions() {}

  /** The most probable label, of equally probable ones the first. */
  static Prediction of(Map<String, Double> probabilities, int tokens, int unknownTokens) {
    String label = "";
    double greatest = -1;
    for (Map.Entry<String, Double> entry : probabilities.entrySet()) {
      if (entry.getValue() > greatest) {
        label = entry.getKey();
        greatest = entry.getValue();
      }
    }
    return new Prediction(label, greatest, probabilities, tokens, unknownTokens);
  }
}
