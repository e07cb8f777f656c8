package org.rnn4j.text.baseline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledTexts;

/**
 * Answers with the most frequent class of the training texts, whatever the text; of equally
 * frequent ones the first. The probability of a class is its share of the training texts. No token
 * is read. What does no better has learned nothing.
 */
public final class MajorityClass implements Classifier {
  private final List<String> labels;
  private final Prediction prediction;

  private MajorityClass(List<String> labels, Prediction prediction) {
    this.labels = labels;
    this.prediction = prediction;
  }

  /**
   * Counts the classes.
   *
   * @throws DataException if there is no text
   */
  public static MajorityClass train(LabelledTexts texts) {
    if (texts.isEmpty()) {
      throw DataException.of("at least one text to learn from", "none");
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    texts.counts().forEach((label, count) -> shares.put(label, (double) count / texts.size()));
    return new MajorityClass(texts.labels(), Predictions.of(shares, 0, 0));
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public Prediction predict(String text) {
    Objects.requireNonNull(text, "text");
    return prediction;
  }
}
