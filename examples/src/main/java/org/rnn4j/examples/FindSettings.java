package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.backend.Activation;
import org.rnn4j.examples.demo.DemoCorpus;
import org.rnn4j.examples.demo.DemoReview;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.classify.TextClassifierBuilder;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.tune.TextSearch;
import org.rnn4j.tune.Bayesian;
import org.rnn4j.tune.Configuration;
import org.rnn4j.tune.Dimension;
import org.rnn4j.tune.Halving;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;
import org.rnn4j.tune.Trial;

/** Searches for the settings of a classifier by cross-validation, and trains with the best. */
public class FindSettings {
  public static void main(String[] arguments) throws InterruptedException {
    List<LabelledText> reviews = new ArrayList<>();
    for (DemoReview review : DemoCorpus.generate(1, 1600).training()) {
      reviews.add(new LabelledText(review.text(), review.positive() ? "positive" : "negative"));
    }
    LabelledTexts texts = LabelledTexts.of(reviews);

    Space space =
        Space.of(
            Dimension.integer("embedding", 4, 32).log(),
            Dimension.choice("units", 4, 8, 16),
            Dimension.real("learningRate", 0.002, 0.05).log());
    TextSearch tuning =
        TextSearch.of(
            Folds.stratified(3),
            (configuration, train, epochs, seed) -> classifier(configuration, epochs, seed));

    Configuration usual =
        space.configuration(Map.of("embedding", 8, "units", 8, "learningRate", 0.005));
    SearchResult result =
        tuning.run(
            Search.over(space).first(usual).method(Bayesian.of(8).batch(2)).budget(6), texts, 1);

    for (Trial trial : result.ranking()) {
      System.out.printf(
          Locale.ROOT,
          "%.3f ± %.3f  %s%n",
          trial.mean(),
          trial.standardError(),
          trial.configuration());
    }
    Trial.Difference gain = result.best().over(result.first().get(0));
    System.out.printf(
        Locale.ROOT, "%+.3f ± %.3f over the usual%n", gain.mean(), gain.standardError());

    // The same by halving: nine settings on a third of the texts, the best three on all.
    SearchResult halved =
        TextSearch.of(
                tuning.folds(),
                (configuration, train, thirds, seed) -> classifier(configuration, 6, seed))
            .budgetOfTexts(3)
            .run(Search.over(space).method(Halving.of(9, 1)), texts, 1);
    System.out.printf(
        Locale.ROOT, "%.3f by halving  %s%n", halved.best().mean(), halved.best().configuration());

    TextClassifier classifier = tuning.retrain(result.best(), texts, 1).classifier();
    System.out.println(classifier.predict("not bad at all").label());
  }

  private static TextClassifierBuilder classifier(
      Configuration configuration, int epochs, long seed) {
    return TextClassifier.builder()
        .network(
            words ->
                Sequential.builder(seed)
                    .embedding(words, configuration.whole("embedding"))
                    .gru(configuration.whole("units"))
                    .lastState()
                    .dense(2, Activation.SOFTMAX)
                    .build())
        .training(
            trainer ->
                trainer
                    .optimizer(Adam.withDefaults().learningRate(configuration.real("learningRate")))
                    .batchSize(16)
                    .epochs(epochs)
                    .threads(1)); // the search has several trainings at once
  }
}
