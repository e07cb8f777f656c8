package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Setting;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.examples.report.Report;
import org.rnn4j.examples.report.Section;
import org.rnn4j.examples.report.Sections;
import org.rnn4j.examples.report.Version;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.explain.Explainer;
import org.rnn4j.text.explain.Explanation;

/**
 * Puts a study into a report. Nothing in it tells the time: the same run gives the same bytes, but
 * for the version of Java, which it names.
 */
public final class StudyReport {
  private static final int MOST_MISTAKES = 20;
  private static final int FEWEST_TOKENS = 4;
  private static final int MOST_TOKENS = 60;

  /** Reviews that are in no data set. */
  private static final List<String> NEW_TEXTS =
      List.of(
          "Not bad at all.",
          "The acting was wonderful but the story was dull.",
          "The story was dull but the acting was wonderful.");

  private final StudyRun run;
  private final StudyPictures pictures;

  private StudyReport(StudyRun run) {
    this.run = run;
    this.pictures = new StudyPictures(run);
  }

  /**
   * The report.
   *
   * @param command the command that gives it again
   */
  public static Report of(StudyRun run, String command) {
    return new StudyReport(run).report(command);
  }

  private Report report(String command) {
    List<Section> sections = new ArrayList<>();
    sections.add(Sections.setting(run.study().about(), settings()));
    sections.add(Sections.data(facts(), pictures.data()));
    sections.add(Sections.pictures("Learning curves", pictures.curves()));
    sections.add(
        Sections.measures(
            Map.of(
                run.chosen(),
                run.measures().getOrDefault(run.chosen(), List.of()).stream()
                    .map(this::titled)
                    .toList()),
            Interval.STANDARD_LEVEL));
    sections.add(ComparisonSection.of(run.comparison()));
    sections.add(Sections.pictures("Confusion matrix", pictures.confusion()));
    sections.add(Sections.pictures("Judgements at every threshold", pictures.thresholds()));
    if (run.found() != null) {
      sections.addAll(SearchSections.of(run.found()));
    }
    sections.add(examples());
    sections.add(mistakes());
    sections.add(Sections.reproduction(command, versions()));
    sections.add(Sections.notes(notes()));
    return new Report(run.study().title(), summary(), sections);
  }

  private Measure titled(Measure measure) {
    String title = Measures.title(measure.name(), run.evaluation().labels());
    return new Measure(title, measure.value(), measure.lower(), measure.upper(), measure.share());
  }

  private String summary() {
    Measure accuracy = Measures.accuracy(run.evaluation());
    return run.chosen()
        + " is right in "
        + accuracy.written()
        + " of "
        + Digits.count(run.data().split().test().size())
        + " test texts (95 % interval "
        + accuracy.interval()
        + ").";
  }

  /** Of the first design what is not as it is unless told; of the others what differs from it. */
  private Map<String, Map<String, String>> settings() {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    Design first = null;
    for (Map.Entry<String, StudyRun.Network> entry : run.trained().entrySet()) {
      Design design = entry.getValue().design();
      Map<String, String> values = new LinkedHashMap<>();
      for (Setting<?> setting : design.differencesFrom(first == null ? Design.standard() : first)) {
        values.put(setting.name(), design.text(setting));
      }
      settings.put(first == null ? entry.getKey() : entry.getKey() + ", where they differ", values);
      first = first == null ? design : first;
    }
    return settings;
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("source", run.data().source());
    run.data()
        .parts()
        .forEach((part, texts) -> facts.put(part + " texts", Digits.count(texts.size())));
    facts.put("vocabulary", Digits.count(run.classifier().pipeline().vocabulary().size()) + " ids");
    return facts;
  }

  private Section examples() {
    Explainer explainer = Explainer.of(run.classifier());
    Map<String, Explanation> judged = new LinkedHashMap<>();
    for (String text : NEW_TEXTS) {
      if (isReadable(text)) {
        put(judged, explainer.explain(text), "");
      }
    }
    LabelledTexts test = run.data().split().test();
    for (int label = 0; label < run.evaluation().labels().size(); label++) {
      for (boolean right : new boolean[] {true, false}) {
        firstJudged(label, right)
            .ifPresent(
                i ->
                    put(
                        judged,
                        explainer.explain(test.get(i).text()),
                        ", is " + test.get(i).label()));
      }
    }
    return Sections.examples(judged);
  }

  /** Whether the network knows most words: of other texts than reviews it would say nothing. */
  private boolean isReadable(String text) {
    int[] ids = run.classifier().pipeline().encode(text);
    long known = IntStream.of(ids).filter(id -> id != Vocabulary.UNKNOWN).count();
    return 3 * known >= 2L * ids.length;
  }

  /** The place of the first text of a class, neither short nor long, that was judged so. */
  private OptionalInt firstJudged(int label, boolean right) {
    Predictions predictions = run.evaluation().predictions();
    return IntStream.range(0, predictions.rows())
        .filter(i -> predictions.label(i) == label && predictions.isCorrect(i) == right)
        .filter(
            i -> {
              String text = run.data().split().test().get(i).text();
              int tokens = run.classifier().pipeline().encode(text).length;
              return tokens >= FEWEST_TOKENS && tokens <= MOST_TOKENS;
            })
        .findFirst();
  }

  private static void put(Map<String, Explanation> judged, Explanation explanation, String actual) {
    Prediction said = explanation.prediction();
    judged.put(
        (judged.size() + 1)
            + ". Judged "
            + said.label()
            + ", "
            + Digits.percent(said.probability(), 1)
            + actual,
        explanation);
  }

  private Section mistakes() {
    List<String> labels = run.evaluation().labels();
    Predictions predictions = run.evaluation().predictions();
    List<Sections.Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < predictions.rows(); i++) {
      if (!predictions.isCorrect(i)) {
        int said = predictions.predicted(i);
        mistakes.add(
            new Sections.Mistake(
                run.data().split().test().get(i).text(),
                labels.get(predictions.label(i)),
                labels.get(said),
                predictions.probability(i, said)));
      }
    }
    return Sections.mistakes(mistakes, predictions.rows(), MOST_MISTAKES);
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("seed of the networks", run.network().design().text(TrainingSettings.SEED));
    versions.put("rnn4j", Version.number());
    versions.put("Java", String.valueOf(Runtime.version().feature()));
    versions.put("SHA-256 of labels and texts", run.data().digest());
    return versions;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (run.found() != null) {
      notes.add(
          "The winner was found by cross-validation on the training texts; the validation texts"
              + " were only watched while it was trained.");
    } else if (run.trained().size() > 1) {
      notes.add(
          "Of "
              + run.trained().size()
              + " designs "
              + run.chosen()
              + " was chosen by its accuracy on the validation texts; the test texts had no part in"
              + " it.");
    }
    if (run.data().demo()) {
      notes.add(
          "The texts were made up for the demo. What a network reaches on them says that it learns"
              + " the order of words, and nothing of what it reaches on texts that people wrote.");
    }
    return notes;
  }
}
