package org.rnn4j.text.tune;

import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;

/** How good a classifier is. */
@FunctionalInterface
public interface TextScore {
  /** The share of texts whose class is found. */
  TextScore ACCURACY = (classifier, texts) -> classifier.evaluate(texts).accuracy();

  /** The loss, upside down, so that a smaller loss is a larger score. */
  TextScore NEGATIVE_LOSS = (classifier, texts) -> -classifier.evaluate(texts).loss();

  /** A finite number, larger being better, for texts that the classifier has not learned. */
  double score(TextClassifier classifier, LabelledTexts texts);
}
