package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.text.baseline.LogisticRegression;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
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
 * @param chosen the name of the best
 * @param judgements what each network said of the test texts, by name
 * @param baselines what the baselines said
 */
public record StudyRun(
    Study study,
    StudyData data,
    StudySearch.@Nullable Found found,
    Map<String, Network> trained,
    String chosen,
    Map<String, Judgement> judgements,
    List<Judgement> baselines) {

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
    /** Trains on some texts while watching others. */
    TextClassifier.Trained train(
        String name, Design design, LabelledTexts train, LabelledTexts validation);
  }

  /** Copies the collections. */
  public StudyRun {
    trained = new LinkedHashMap<>(trained);
    judgements = new LinkedHashMap<>(judgements);
    baselines = List.copyOf(baselines);
  }

  /**
   * Does a study.
   *
   * @param designs what is trained, by name
   * @param found what a search on the training texts has found, which is trained and chosen; null
   *     if there was none
   * @param progress is told what is done beside the trainings
   */
  public static StudyRun of(
      Study study,
      StudyData data,
      Map<String, Design> designs,
      StudySearch.@Nullable Found found,
      Training training,
      Consumer<String> progress) {
    Map<String, Design> all = new LinkedHashMap<>(designs);
    if (found != null) {
      all.put(WINNER, found.design());
    }
    Map<String, Network> trained = new LinkedHashMap<>();
    Map<String, Judgement> judgements = new LinkedHashMap<>();
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
      progress.accept("Judging the test texts, with intervals of all metrics");
      judgements.put(name, Judgement.of(name, network.result().classifier(), data.split().test()));
      if (name.equals(WINNER) || network.validationAccuracy() > best) {
        best = network.validationAccuracy();
        chosen = name;
      }
    }
    progress.accept("Training the baselines, and judging the same texts by them");
    return new StudyRun(study, data, found, trained, chosen, judgements, baselines(data));
  }

  private static List<Judgement> baselines(StudyData data) {
    LabelledTexts train = data.split().train();
    Map<String, Classifier> classifiers = new LinkedHashMap<>();
    classifiers.put("majority class", MajorityClass.train(train));
    classifiers.put(
        "logistic regression",
        LogisticRegression.train(train, LogisticRegression.Options.standard()));
    if (train.labels().size() == 2) {
      classifiers.put("NB-SVM", NbSvm.train(train, NbSvm.Options.standard()));
    }
    List<Judgement> judgements = new ArrayList<>();
    classifiers.forEach(
        (name, classifier) -> judgements.add(Judgement.of(name, classifier, data.split().test())));
    return judgements;
  }

  /** The network that was chosen. */
  public TextClassifier classifier() {
    return network().result().classifier();
  }

  Network network() {
    Network network = trained.get(chosen);
    if (network == null) {
      throw new IllegalStateException("Expected a design that was trained, got none");
    }
    return network;
  }

  /** What the chosen network said of the test texts. */
  public Judgement judgement() {
    Judgement judgement = judgements.get(chosen);
    if (judgement == null) {
      throw new IllegalStateException("Expected a design that was trained, got none");
    }
    return judgement;
  }

  /** All others that judged the same texts: networks first, then baselines. */
  public List<Judgement> others() {
    List<Judgement> others = new ArrayList<>(judgements.values());
    others.remove(judgement());
    others.addAll(baselines);
    return others;
  }
}
