package org.rnn4j.examples.sentiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.metric.Interval;
import org.rnn4j.metric.McNemar;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.LabelledTexts;

/** What a network is compared with, trained on the same texts: the majority class and NB-SVM. */
final class Baselines {
  private static final String NETWORK = "network";

  private final Map<String, Classifier> baselines = new LinkedHashMap<>();

  /**
   * How one classifier judged some texts.
   *
   * @param name what it is called
   * @param predictions its predictions
   * @param against the network beside it, on the same texts
   */
  private record Judgement(String name, Predictions predictions, McNemar against) {
    Interval accuracy() {
      return Interval.ofAccuracy(predictions);
    }
  }

  /** A network and the baselines on one part of the texts. */
  static final class Comparison {
    private final String part;
    private final Interval network;
    private final List<Judgement> judgements;

    private Comparison(String part, Predictions network, List<Judgement> judgements) {
      this.part = part;
      this.network = Interval.ofAccuracy(network);
      this.judgements = judgements;
    }

    /** A row for each classifier, and a sentence for each that the network does not beat. */
    @Override
    public String toString() {
      Table table = new Table("on the " + part + " texts", ">accuracy", ">95 % interval", ">p");
      for (Judgement judgement : judgements) {
        Interval accuracy = judgement.accuracy();
        table.row(judgement.name(), percent(accuracy), interval(accuracy), p(judgement));
      }
      table.row(NETWORK, percent(network), interval(network), "");
      StringBuilder text = new StringBuilder(table.toString());
      judgements.forEach(judgement -> text.append(verdict(judgement)));
      return text.toString();
    }

    private String verdict(Judgement judgement) {
      boolean above = network.estimate() > judgement.accuracy().estimate();
      if (above && judgement.against().isSignificant()) {
        return "";
      }
      return String.format(
          Locale.ROOT,
          above
              ? "The network is better than %s on the %s texts, but not beyond chance (p %s).%n"
              : "The network does not beat %s on the %s texts (p %s).%n",
          judgement.name(),
          part,
          p(judgement));
    }

    /** The same as JSON values. */
    List<Object> toList() {
      List<Object> list = new ArrayList<>();
      for (Judgement judgement : judgements) {
        Map<String, Object> values = values(judgement.name(), judgement.accuracy());
        values.put("p", judgement.against().pValue());
        list.add(values);
      }
      list.add(values(NETWORK, network));
      return list;
    }

    private static Map<String, Object> values(String name, Interval accuracy) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("name", name);
      values.put("accuracy", accuracy.estimate());
      values.put("lower", accuracy.lower());
      values.put("upper", accuracy.upper());
      return values;
    }

    private static String percent(Interval accuracy) {
      return Tables.percent(accuracy.estimate());
    }

    private static String interval(Interval accuracy) {
      return Tables.percent(accuracy.lower()) + " to " + Tables.percent(accuracy.upper());
    }

    private static String p(Judgement judgement) {
      return String.format(Locale.ROOT, "%.4f", judgement.against().pValue());
    }
  }

  private Baselines() {}

  /**
   * Trains them.
   *
   * @throws org.rnn4j.text.data.DataException if the texts are not of two classes or have no token
   *     in common
   */
  static Baselines train(LabelledTexts texts, Console console) {
    console.say("Training NB-SVM on " + Tables.count(texts.size()) + " texts");
    Baselines trained = new Baselines();
    trained.baselines.put("majority class", MajorityClass.train(texts));
    trained.baselines.put("NB-SVM", NbSvm.train(texts, NbSvm.Options.standard()));
    return trained;
  }

  /**
   * Compares a network with them.
   *
   * @param part what the texts are called
   * @param texts texts that neither has learnt, at least one
   */
  Comparison compare(String part, Classifier network, LabelledTexts texts) {
    Predictions predictions = predictions(network, texts);
    List<Judgement> judgements = new ArrayList<>();
    baselines.forEach(
        (name, baseline) -> {
          Predictions own = predictions(baseline, texts);
          judgements.add(new Judgement(name, own, McNemar.of(predictions, own)));
        });
    return new Comparison(part, predictions, judgements);
  }

  private static Predictions predictions(Classifier classifier, LabelledTexts texts) {
    double[][] probabilities = new double[texts.size()][];
    int[] own = new int[texts.size()];
    for (int i = 0; i < own.length; i++) {
      Prediction prediction = classifier.predict(texts.get(i).text());
      probabilities[i] =
          prediction.probabilities().values().stream().mapToDouble(Double::doubleValue).toArray();
      own[i] = texts.labelNumber(i);
    }
    return Predictions.of(probabilities, own);
  }
}
