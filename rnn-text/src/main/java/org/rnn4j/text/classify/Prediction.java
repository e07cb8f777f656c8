package org.rnn4j.text.classify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a classifier says of a text.
 *
 * @param label the most probable class; of equally probable ones the first
 * @param probability how probable it is, from 0 to 1
 * @param probabilities how probable each class is, in the order of the classifier's labels
 * @param tokens how many tokens of the text were read, after truncation
 * @param unknownTokens how many of these are not in the vocabulary
 */
public record Prediction(
    String label,
    double probability,
    Map<String, Double> probabilities,
    int tokens,
    int unknownTokens) {
  /** Keeps its own copy of the map. */
  public Prediction {
    probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
  }
}
