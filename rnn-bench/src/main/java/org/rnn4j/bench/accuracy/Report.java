package org.rnn4j.bench.accuracy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.rnn4j.bench.accuracy.Outcome.Turn;
import org.rnn4j.bench.compare.MarkdownTable;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.metric.Predictions;

/**
 * What came out, as Markdown and as JSON.
 *
 * @param heading what was compared and on what, by name
 * @param outcomes one a seed
 * @param baseline what NB-SVM predicts of the same texts
 */
record Report(Map<String, String> heading, List<Outcome> outcomes, Predictions baseline) {
  /** The tables. */
  String markdown() {
    StringBuilder text = new StringBuilder("# Accuracy and time beside Keras\n\n");
    MarkdownTable properties = new MarkdownTable(List.of("what", "value"));
    heading.forEach((name, value) -> properties.add(List.of(name, value)));
    text.append(properties).append('\n').append(seeds()).append('\n');
    text.append(epochs()).append('\n').append(verdicts());
    return text.toString();
  }

  private MarkdownTable seeds() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "seed",
                "rnn4j accuracy",
                "Keras accuracy",
                "rnn4j − Keras",
                "right: rnn4j only / Keras only",
                "McNemar p",
                "loss rnn4j / Keras",
                "NB-SVM: McNemar p, right: rnn4j only / NB-SVM only"));
    for (Outcome outcome : outcomes) {
      McNemar against = McNemar.of(outcome.ours(), baseline);
      table.add(
          List.of(
              Long.toString(outcome.seed()),
              accuracy(outcome.ours()),
              accuracy(outcome.keras()),
              difference(outcome.mcNemar()),
              only(outcome.mcNemar()),
              format("%.3f", outcome.mcNemar().pValue()),
              format(
                  "%.4f / %.4f", Judgement.loss(outcome.ours()), Judgement.loss(outcome.keras())),
              format("%.3f, %s", against.pValue(), only(against))));
    }
    return table;
  }

  private MarkdownTable epochs() {
    MarkdownTable table =
        new MarkdownTable(
            List.of(
                "seed",
                "epoch",
                "rnn4j s",
                "Keras s",
                "ratio",
                "rnn4j processor s",
                "Keras processor s",
                "ratio",
                "accuracy rnn4j / Keras"));
    for (Outcome outcome : outcomes) {
      for (Turn turn : outcome.turns()) {
        double ours = turn.ours().processor();
        double keras = turn.keras().processor();
        table.add(
            List.of(
                Long.toString(outcome.seed()),
                Integer.toString(turn.number()),
                format("%.1f", turn.ours().wall()),
                format("%.1f", turn.keras().wall()),
                format("%.2f", turn.keras().wall() / turn.ours().wall()),
                format("%.1f", ours),
                format("%.1f", keras),
                format("%.2f", keras / ours),
                format("%.2f %% / %.2f %%", 100 * turn.ourAccuracy(), 100 * turn.kerasAccuracy())));
      }
    }
    return table;
  }

  private String verdicts() {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "- Mean over %d %s: rnn4j %.2f %%, Keras %.2f %%; NB-SVM %s, loss %.4f.",
            outcomes.size(),
            outcomes.size() == 1 ? "seed" : "seeds",
            100 * mean(outcome -> outcome.ours().accuracy()),
            100 * mean(outcome -> outcome.keras().accuracy()),
            accuracy(baseline),
            Judgement.loss(baseline)));
    lines.add(
        format(
            "- Time of an epoch, mean: rnn4j %.1f s, Keras %.1f s, %.2f times as long; processor"
                + " time %.2f times as much.",
            mean(outcome -> outcome.mean(turn -> turn.ours().wall())),
            mean(outcome -> outcome.mean(turn -> turn.keras().wall())),
            wallRatio(),
            processorRatio()));
    lines.add(
        format(
            "- Keras' network with rnn4j's trained weights: logits differ by at most %.1e of the"
                + " greatest.",
            outcomes.stream().mapToDouble(Outcome::apart).max().orElseThrow()));
    lines.add("- rnn4j's accuracy is " + verdict() + ".");
    return String.join("\n", lines) + "\n";
  }

  /** In words, whether ours is as accurate. */
  private String verdict() {
    long lower =
        outcomes.stream()
            .map(outcome -> outcome.mcNemar().difference(Interval.STANDARD_LEVEL))
            .filter(difference -> difference.upper() < 0)
            .count();
    return lower == 0
        ? "not lower than Keras' beyond the interval, in any seed"
        : "lower than Keras' beyond the interval in " + lower + " of " + outcomes.size() + " seeds";
  }

  private double mean(ToDoubleFunction<Outcome> value) {
    return outcomes.stream().mapToDouble(value).average().orElseThrow();
  }

  private double wallRatio() {
    return mean(outcome -> outcome.mean(turn -> turn.keras().wall()))
        / mean(outcome -> outcome.mean(turn -> turn.ours().wall()));
  }

  private double processorRatio() {
    return mean(outcome -> outcome.mean(turn -> turn.keras().processor()))
        / mean(outcome -> outcome.mean(turn -> turn.ours().processor()));
  }

  private static String accuracy(Predictions predictions) {
    Interval interval = Interval.ofAccuracy(predictions);
    return format(
        "%.2f %% (%.2f–%.2f)",
        100 * interval.estimate(), 100 * interval.lower(), 100 * interval.upper());
  }

  private static String difference(McNemar test) {
    Interval interval = test.difference(Interval.STANDARD_LEVEL);
    return format(
        "%+.2f (%+.2f to %+.2f)",
        100 * interval.estimate(), 100 * interval.lower(), 100 * interval.upper());
  }

  private static String only(McNemar test) {
    return test.onlyFirst() + " / " + test.onlySecond();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Everything, as JSON values. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("heading", heading);
    json.put("seeds", outcomes.stream().map(this::json).toList());
    json.put("nbSvm", json(baseline));
    json.put("rnn4jAccuracy", mean(outcome -> outcome.ours().accuracy()));
    json.put("kerasAccuracy", mean(outcome -> outcome.keras().accuracy()));
    json.put("wallRatio", wallRatio());
    json.put("processorRatio", processorRatio());
    json.put("verdict", verdict());
    return json;
  }

  private Map<String, Object> json(Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", outcome.seed());
    json.put("kerasSettings", outcome.settings());
    json.put("rnn4j", json(outcome.ours()));
    json.put("keras", json(outcome.keras()));
    json.put("rnn4jAgainstKeras", json(outcome.mcNemar()));
    json.put("rnn4jAgainstNbSvm", json(McNemar.of(outcome.ours(), baseline)));
    json.put("apartUnderTheSameWeights", outcome.apart());
    json.put("epochs", outcome.turns().stream().map(Report::json).toList());
    return json;
  }

  private static Map<String, Object> json(Turn turn) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", turn.number());
    json.put("rnn4jSeconds", turn.ours().wall());
    json.put("kerasSeconds", turn.keras().wall());
    json.put("rnn4jProcessorSeconds", turn.ours().processor());
    json.put("kerasProcessorSeconds", turn.keras().processor());
    json.put("rnn4jAccuracy", turn.ourAccuracy());
    json.put("kerasAccuracy", turn.kerasAccuracy());
    return json;
  }

  private static Map<String, Object> json(Predictions predictions) {
    Interval interval = Interval.ofAccuracy(predictions);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("examples", predictions.rows());
    json.put("accuracy", interval.estimate());
    json.put("lower", interval.lower());
    json.put("upper", interval.upper());
    json.put("loss", Judgement.loss(predictions));
    return json;
  }

  private static Map<String, Object> json(McNemar test) {
    Interval interval = test.difference(Interval.STANDARD_LEVEL);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("onlyFirst", test.onlyFirst());
    json.put("onlySecond", test.onlySecond());
    json.put("pValue", test.pValue());
    json.put("difference", interval.estimate());
    json.put("lower", interval.lower());
    json.put("upper", interval.upper());
    return json;
  }

  /**
   * A line for each validation text: its label and the probability of each class, by rnn4j, Keras
   * and NB-SVM.
   */
  String predictions(Outcome outcome, List<String> labels) {
    StringBuilder text = new StringBuilder("row\tlabel");
    for (String who : List.of("rnn4j", "keras", "nb-svm")) {
      labels.forEach(label -> text.append('\t').append(who).append(' ').append(label));
    }
    text.append('\n');
    for (int row = 0; row < baseline.rows(); row++) {
      text.append(row).append('\t').append(labels.get(baseline.label(row)));
      for (Predictions predictions : List.of(outcome.ours(), outcome.keras(), baseline)) {
        for (int label = 0; label < labels.size(); label++) {
          text.append('\t').append(format("%.6f", predictions.probability(row, label)));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
