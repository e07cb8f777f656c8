package org.rnn4j.text.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.SharedData;
import org.rnn4j.text.data.Split;
import org.rnn4j.text.data.TsvReader;
import org.rnn4j.text.testing.RunsOnce;

/** How well baselines do on real texts, which says whether they are worth comparing with. */
@RunsOnce
class BaselinesOnDataTest {
  private static LabelledTexts read(String name) {
    return new TsvReader().read(SharedData.file(name));
  }

  private static double accuracy(Classifier classifier, LabelledTexts texts) {
    int right = 0;
    for (LabelledText text : texts) {
      right += classifier.predict(text.text()).label().equals(text.label()) ? 1 : 0;
    }
    return (double) right / texts.size();
  }

  @Test
  void nb_svm_is_right_on_nine_of_ten_reviews_of_films_it_has_not_seen() {
    LabelledTexts reviews =
        TsvReader.withGroups(
            read("imdb/train.tsv.gz"), SharedData.file("imdb/train.ids.tsv.gz"), 2);
    Split split = Split.grouped(reviews, 0.1, 0, 1);
    assertThat(split.validation().size()).isEqualTo(2500);
    NbSvm classifier = NbSvm.train(split.train(), NbSvm.Options.standard());
    assertThat(accuracy(classifier, split.validation())).isBetween(0.900, 0.915);
  }

  @Test
  void nb_svm_beats_logistic_regression_which_beats_the_majority_on_tweets() {
    Split split = Split.stratified(read("semeval/train_binary.tsv.gz"), 0.1, 0, 1);
    NGrams ngrams = NGrams.tweets();
    LabelledTexts validation = split.validation();
    double majority = accuracy(MajorityClass.train(split.train()), validation);
    double regression =
        accuracy(
            LogisticRegression.train(
                split.train(), LogisticRegression.Options.standard().withNGrams(ngrams)),
            validation);
    double nbSvm =
        accuracy(
            NbSvm.train(split.train(), NbSvm.Options.standard().withNGrams(ngrams)), validation);
    assertThat(majority).isBetween(0.71, 0.72);
    assertThat(regression).isBetween(0.84, nbSvm);
    assertThat(nbSvm).isBetween(0.855, 0.87);
  }
}
