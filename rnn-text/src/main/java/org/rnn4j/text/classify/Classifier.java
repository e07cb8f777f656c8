package org.rnn4j.text.classify;

import java.util.List;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * Whatever tells the class of a text: a network or one of the baselines it is compared with. Any
 * text has a prediction; any number of threads may ask at once.
 */
public interface Classifier {
  /** The names of the classes. */
  List<String> labels();

  /** Tells the class of a text, with a probability for each of the {@link #labels}, in order. */
  Prediction predict(String text);

  /** Tells the class of each text, in order, on all processors. */
  default List<Prediction> predictAll(List<String> texts) {
    return texts.parallelStream().map(this::predict).toList();
  }

  /**
   * Judges labelled texts and compares.
   *
   * @throws DataException if there is no text, or a text has a label that is not one of the
   *     classifier's
   */
  default Evaluation evaluate(LabelledTexts texts) {
    return Evaluation.of(this, texts);
  }
}
