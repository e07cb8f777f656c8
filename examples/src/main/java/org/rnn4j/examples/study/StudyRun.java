package org.rnn4j.examples.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.text.baseline.LogisticRegression;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.History;
import org.rnn4j.train.Scores;

/**
 * A study on data, done: every design trained, the winner of a search or else the best of them by
 * the validation texts chosen, and all of them and the baselines asked for the test texts, which
 * nothing was chosen by.
 *
 * @param study what was studied
 * @param data on which texts
 * @param found what a search has found, if there was one
 * @param trained each design with its training, by name, in order
 * @param comparison all classifiers on the test texts: the best network, the others, the baselines
 * @param measures accuracy and all other metrics of each classifier there, by its name
 */
public record StudyRun(
    Study study,
    StudyData data,
    StudySearch.@Nullable Found found,
    Map<String, Network> trained,
    Comparison comparison,
    Map<String, List<Measure>> measures) {

  /** The name of what a search has found. */
  static final String WINNER = "the winner";

  /**
   * A design that was trained.
   *
   * @param design the design
   * @param result classifier and history
   */
  public record Network(Design design, TextClassifier.Trained result) {
    /** The accuracy that the kept weights had: of the best epoch, or the last. */
    double validationAccuracy() {
      History history = result.history();
      Epoch epoch = history.bestEpoch() > 0 ? history.best() : history.last();
      Scores scores = epoch.validation() == null ? epoch.training() : epoch.validation();
      return scores.metric("accuracy");
    }
  }

  /** Trains a design; who asks may show the progress. */
  @FunctionalInterface
  public interface Training {
    /**
     * Trains on some texts while watching others.
     *
     * @throws InterruptedException if the training was asked to stop
     */
    TextClassifier.Trained train(
        String name, Design design, LabelledTexts train, LabelledTexts validation)
        throws InterruptedException;
  }

  /** Copies the collections. */
  public StudyRun {
    trained = new LinkedHashMap<>(trained);
    measures = new LinkedHashMap<>(measures);
  }

  /**
   * Does a study.
   *
   * @param designs what is trained, by name
   * @param found what a search on the training texts has found, which is trained and chosen; null
   *     if there was none
   * @param progress is told what is done beside the trainings
   * @throws InterruptedException if a training was asked to stop
   */
  public static StudyRun of(
      Study study,
      StudyData data,
      Map<String, Design> designs,
      StudySearch.@Nullable Found found,
      Training training,
      Consumer<String> progress)
      throws InterruptedException {
    Map<String, Design> all = new LinkedHashMap<>(designs);
    if (found != null) {
      all.put(WINNER, found.design());
    }
    Map<String, Network> trained = new LinkedHashMap<>();
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    String chosen = "";
    double best = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Design> entry : all.entrySet()) {
      String name = entry.getKey();
      Network network =
          new Network(
              entry.getValue(),
              training.train(
                  name, entry.getValue(), data.split().train(), data.split().validation()));
      trained.put(name, network);
      progress.accept("Judging the test texts");
      evaluations.put(name, network.result().classifier().evaluate(data.split().test()));
      if (name.equals(WINNER) || network.validationAccuracy() > best) {
        best = network.validationAccuracy();
        chosen = name;
      }
    }
    progress.accept("Training the baselines, and judging the same texts by them");
    baselines(data.split().train())
        .forEach((name, baseline) -> evaluations.put(name, baseline.evaluate(data.split().test())));
    progress.accept("Drawing the intervals of all metrics");
    Map<String, List<Measure>> measures = new LinkedHashMap<>();
    evaluations.forEach((name, evaluation) -> measures.put(name, Measures.of(evaluation)));
    return new StudyRun(study, data, found, trained, compared(chosen, evaluations), measures);
  }

  private static Map<String, Classifier> baselines(LabelledTexts train) {
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put("majority class", MajorityClass.train(train));
    classifiers.put(
        "logistic regression",
        LogisticRegression.train(train, LogisticRegression.Options.standard()));
    if (train.labels().size() == 2) {
      classifiers.put("NB-SVM", NbSvm.train(train, NbSvm.Options.standard()));
    }
    return classifiers;
  }

  private static Comparison compared(String chosen, Map<String, Evaluation> evaluations) {
    Map<String, Evaluation> chosenFirst = new LinkedHashMap<>();
    chosenFirst.put(chosen, evaluations.get(chosen));
    evaluations.forEach(chosenFirst::putIfAbsent);
    return Comparison.ofEvaluations(chosenFirst);
  }

  /** The name of the best network. */
  public String chosen() {
    return comparison.first().name();
  }

  /** The network that was chosen. */
  public TextClassifier classifier() {
    return network().result().classifier();
  }

  Network network() {
    Network network = trained.get(chosen());
    if (network == null) {
      throw new IllegalStateException("Expected a design that was trained, got none");
    }
    return network;
  }

  /** How the chosen network judges the test texts. */
  Evaluation evaluation() {
    return comparison.first().evaluation();
  }
}
