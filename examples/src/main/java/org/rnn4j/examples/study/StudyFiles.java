package org.rnn4j.examples.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.examples.report.Measure;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.Scores;

/** The files that a study leaves in its folder. */
public final class StudyFiles {
  private static final String MODEL = "model.safetensors";
  private static final String HISTORY = "history.csv";
  private static final String METRICS = "metrics.json";
  private static final String SEARCH = "search.json";
  private static final String REPORT = "report.html";

  /** The names of all that there may be. */
  static final Set<String> NAMES = Set.of(MODEL, HISTORY, METRICS, SEARCH, REPORT);

  private StudyFiles() {}

  /**
   * Writes model, history, metrics, what a search has found, and the report last: where it stands
   * all others do.
   *
   * @param folder where to, which exists
   * @param command the command that gives them again
   * @throws IOException if one cannot be written
   */
  public static void write(StudyRun run, Path folder, String command) throws IOException {
    run.classifier().save(folder.resolve(MODEL));
    AtomicFiles.writeString(folder.resolve(HISTORY), history(run));
    AtomicFiles.writeString(folder.resolve(METRICS), Json.write(metrics(run)) + "\n");
    if (run.found() == null) {
      Files.deleteIfExists(folder.resolve(SEARCH)); // of a report that this one replaces
    } else {
      AtomicFiles.writeString(folder.resolve(SEARCH), run.found().toJson() + "\n");
    }
    StudyReport.of(run, command).write(folder.resolve(REPORT));
  }

  /** A row for each epoch of each design. */
  private static String history(StudyRun run) {
    StringBuilder csv = new StringBuilder();
    csv.append(
        "design,epoch,best,trainingLoss,trainingAccuracy,validationLoss,validationAccuracy\n");
    run.trained()
        .forEach(
            (name, network) -> {
              for (Epoch epoch : network.result().history().epochs()) {
                csv.append(quoted(name)).append(',').append(epoch.number()).append(',');
                csv.append(epoch.number() == network.result().history().bestEpoch());
                scores(csv, epoch.training());
                Scores validation = epoch.validation();
                if (validation == null) {
                  csv.append(",,");
                } else {
                  scores(csv, validation);
                }
                csv.append('\n');
              }
            });
    return csv.toString();
  }

  private static void scores(StringBuilder csv, Scores scores) {
    csv.append(',').append(Json.write(scores.loss()));
    csv.append(',').append(Json.write(scores.metric("accuracy")));
  }

  private static String quoted(String name) {
    return name.contains(",") ? '"' + name + '"' : name;
  }

  /** Every measure of every classifier on the test texts, and what tells it from the chosen one. */
  public static Map<String, Object> metrics(StudyRun run) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("study", run.study().toString());
    metrics.put("source", run.data().source());
    metrics.put("digest", run.data().digest());
    Map<String, Object> parts = new LinkedHashMap<>();
    run.data().parts().forEach((part, texts) -> parts.put(part, texts.size()));
    metrics.put("texts", parts);
    metrics.put("chosen", run.chosen());
    metrics.put(
        "classifiers",
        run.comparison().entries().stream().map(entry -> classifier(entry, run)).toList());
    return metrics;
  }

  private static Map<String, Object> classifier(Comparison.Entry entry, StudyRun run) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", entry.name());
    StudyRun.Network network = run.trained().get(entry.name());
    if (network != null) {
      values.put("validationAccuracy", network.validationAccuracy());
      values.put("design", network.design().toMap());
    }
    for (Measure measure : run.measures().getOrDefault(entry.name(), List.of())) {
      values.put(measure.name(), number(measure.value(), measure.lower(), measure.upper()));
    }
    if (!entry.equals(run.comparison().first())) {
      McNemar test = entry.againstFirst();
      Interval difference = test.difference(Interval.STANDARD_LEVEL);
      values.put(
          "difference", number(difference.estimate(), difference.lower(), difference.upper()));
      values.put("onlyFirst", test.onlyFirst());
      values.put("onlyThis", test.onlySecond());
      values.put("pValue", test.pValue());
    }
    return values;
  }

  private static Map<String, Object> number(double value, double lower, double upper) {
    Map<String, Object> number = new LinkedHashMap<>();
    put(number, "value", value);
    put(number, "lower", lower);
    put(number, "upper", upper);
    return number;
  }

  /** JSON has no number for what is undefined. */
  private static void put(Map<String, Object> values, String name, double number) {
    if (Double.isFinite(number)) {
      values.put(name, number);
    }
  }
}
