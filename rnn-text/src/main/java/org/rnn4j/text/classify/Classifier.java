package org.rnn4j.text.classify;

import java.util.List;

/**
 * Whatever tells the class of a text: a network or one of the baselines it is compared with. Any
 * text has a prediction; any number of threads may ask at once.
 */
public interface Classifier {
  /** The names of the classes. */
  List<String> labels();

  /** Tells the class of a text, with a probability for each of the {@link #labels}, in order. */
  Prediction predict(String text);
}
