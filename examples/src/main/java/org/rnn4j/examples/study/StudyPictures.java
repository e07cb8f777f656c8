package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.rnn4j.examples.chart.CalibrationPicture;
import org.rnn4j.examples.chart.ConfusionPicture;
import org.rnn4j.examples.chart.DataPictures;
import org.rnn4j.examples.chart.JudgementCurves;
import org.rnn4j.examples.chart.LearningCurves;
import org.rnn4j.examples.design.TextSettings;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.metric.Calibration;
import org.rnn4j.metric.ConfusionMatrix;
import org.rnn4j.metric.PrecisionRecallCurve;
import org.rnn4j.metric.Predictions;
import org.rnn4j.metric.RocCurve;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.Scores;

/** The pictures of a study. */
final class StudyPictures {
  private static final int BINS = 15;

  private final StudyRun run;
  private final List<String> labels;

  StudyPictures(StudyRun run) {
    this.run = run;
    this.labels = run.data().split().train().labels();
  }

  List<Picture> data() {
    Map<String, long[]> counts = new LinkedHashMap<>();
    run.data()
        .parts()
        .forEach(
            (part, texts) ->
                counts.put(
                    part, labels.stream().mapToLong(label -> count(texts, label)).toArray()));
    int[] lengths =
        run.data().split().train().texts().stream()
            .mapToInt(text -> run.classifier().pipeline().tokens(text).size())
            .toArray();
    return List.of(
        DataPictures.lengths(lengths, run.network().design().get(TextSettings.MAX_LENGTH)),
        DataPictures.classes(labels, counts));
  }

  private static long count(LabelledTexts texts, String label) {
    return texts.counts().getOrDefault(label, 0);
  }

  List<Picture> curves() {
    List<LearningCurves.Curve> curves = new ArrayList<>();
    curves.add(curve(run.chosen(), run.network()));
    run.trained()
        .forEach(
            (name, network) -> {
              if (!name.equals(run.chosen())) {
                curves.add(curve(name, network));
              }
            });
    return pictures(curves, LearningCurves::picture);
  }

  /** As many pictures as it takes, for one has room for so many colours only. */
  static <T> List<Picture> pictures(List<T> curves, Function<List<T>, Picture> draw) {
    List<Picture> pictures = new ArrayList<>();
    int most = Ink.SERIES.size();
    for (int from = 0; from < curves.size(); from += most) {
      pictures.add(draw.apply(curves.subList(from, Math.min(curves.size(), from + most))));
    }
    return pictures;
  }

  private static LearningCurves.Curve curve(String name, StudyRun.Network network) {
    List<Scores> training = new ArrayList<>();
    List<Scores> validation = new ArrayList<>();
    for (Epoch epoch : network.result().history().epochs()) {
      training.add(epoch.training());
      Scores scores = epoch.validation();
      if (scores != null) {
        validation.add(scores);
      }
    }
    return new LearningCurves.Curve(
        name,
        training.stream().map(Scores::loss).toList(),
        validation.stream().map(Scores::loss).toList(),
        training.stream().map(scores -> scores.metric("accuracy")).toList(),
        validation.stream().map(scores -> scores.metric("accuracy")).toList(),
        network.result().history().bestEpoch());
  }

  List<Picture> confusion() {
    ConfusionMatrix matrix = run.evaluation().confusion();
    long[][] counts = new long[labels.size()][labels.size()];
    for (int row = 0; row < counts.length; row++) {
      for (int column = 0; column < counts.length; column++) {
        counts[row][column] = matrix.count(row, column);
      }
    }
    return List.of(ConfusionPicture.of(labels, counts));
  }

  /** Of two classes the chosen network beside all others; of more, each class of the chosen. */
  List<Picture> thresholds() {
    List<JudgementCurves.Curve> roc = new ArrayList<>();
    List<JudgementCurves.Curve> precision = new ArrayList<>();
    if (labels.size() == 2) {
      for (Comparison.Entry entry : run.comparison().entries()) {
        roc.add(roc(entry.name(), entry.evaluation().predictions(), 1));
        precision.add(precision(entry.name(), entry.evaluation().predictions(), 1));
      }
    } else {
      for (int label = 0; label < labels.size(); label++) {
        roc.add(roc(labels.get(label), run.evaluation().predictions(), label));
        precision.add(precision(labels.get(label), run.evaluation().predictions(), label));
      }
    }
    Calibration calibration = Calibration.ofConfidence(run.evaluation().predictions(), BINS);
    List<Picture> pictures = new ArrayList<>(pictures(roc, JudgementCurves::roc));
    pictures.addAll(pictures(precision, JudgementCurves::precisionRecall));
    pictures.add(
        CalibrationPicture.of(
            calibration.bins().stream()
                .map(
                    bin ->
                        new CalibrationPicture.Bin(
                            bin.lower(),
                            bin.upper(),
                            bin.count(),
                            bin.meanProbability(),
                            bin.frequency()))
                .toList(),
            calibration.expectedError()));
    return pictures;
  }

  private static JudgementCurves.Curve roc(String name, Predictions predictions, int label) {
    int positives = predictions.counts()[label];
    if (positives == 0 || positives == predictions.rows()) {
      return new JudgementCurves.Curve(name, List.of(), Double.NaN);
    }
    RocCurve curve = RocCurve.of(predictions, label);
    return new JudgementCurves.Curve(
        name,
        curve.points().stream()
            .map(point -> new Point(point.falsePositiveRate(), point.truePositiveRate()))
            .toList(),
        curve.area());
  }

  private static JudgementCurves.Curve precision(String name, Predictions predictions, int label) {
    if (predictions.counts()[label] == 0) {
      return new JudgementCurves.Curve(name, List.of(), Double.NaN);
    }
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(predictions, label);
    return new JudgementCurves.Curve(
        name,
        curve.points().stream().map(point -> new Point(point.recall(), point.precision())).toList(),
        curve.averagePrecision());
  }
}
