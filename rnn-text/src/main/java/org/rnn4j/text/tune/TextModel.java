package org.rnn4j.text.tune;

import org.rnn4j.text.classify.TextClassifierBuilder;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.tune.Configuration;

/** What a configuration means: a classifier that is ready to be trained. */
@FunctionalInterface
public interface TextModel {
  /**
   * Makes a classifier with all that its training is told. It is called by several threads at once;
   * one thread for each training is what makes a search fastest.
   *
   * @param configuration the values of the parameters
   * @param train the texts that it will be trained on, for what depends on their labels
   * @param budget what may be spent, such as epochs
   * @param seed for all randomness: weights, shuffles, dropout
   */
  TextClassifierBuilder classifier(
      Configuration configuration, LabelledTexts train, int budget, long seed);
}
