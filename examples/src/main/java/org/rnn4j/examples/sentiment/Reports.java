package org.rnn4j.examples.sentiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.Scores;

/** Results as the values of a JSON object, in the order of their printing. */
final class Reports {
  private Reports() {}

  /** How well a model judged some texts. */
  static Map<String, Object> evaluation(Evaluation evaluation) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("examples", evaluation.examples());
    report.put("loss", evaluation.loss());
    report.put("accuracy", evaluation.accuracy());
    report.put("seconds", evaluation.seconds());
    return report;
  }

  /** What a prediction hangs on; places are counted in UTF-16 code units of the text. */
  static Map<String, Object> explanation(Explanation explanation) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("text", explanation.text());
    report.put("label", explanation.prediction().label());
    report.put("probability", explanation.prediction().probability());
    report.put("method", named(explanation.method()));
    List<Object> tokens = new ArrayList<>();
    for (TokenWeight token : explanation.tokens()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("token", token.token().text());
      values.put("start", token.token().start());
      values.put("end", token.token().end());
      values.put("reading", named(token.reading()));
      values.put("weight", token.weight());
      if (!token.hops().isEmpty()) {
        values.put("hops", token.hops());
      }
      tokens.add(values);
    }
    report.put("tokens", tokens);
    return report;
  }

  /** A constant's name as it is printed: <i>cut off</i> for {@code CUT_OFF}. */
  static String named(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** How a network was trained. */
  static Map<String, Object> training(int examples, TextClassifier.Trained trained) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("examples", examples);
    report.put("vocabulary", trained.classifier().pipeline().vocabulary().size());
    report.put("parameters", Tables.parameters(trained.classifier().model()));
    List<Object> epochs = new ArrayList<>();
    for (Epoch epoch : trained.history().epochs()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("epoch", epoch.number());
      values.put("loss", epoch.training().loss());
      values.put("accuracy", Tables.accuracy(epoch.training()));
      Scores validation = epoch.validation();
      if (validation != null) {
        values.put("validationLoss", validation.loss());
        values.put("validationAccuracy", Tables.accuracy(validation));
      }
      values.put("seconds", epoch.seconds());
      values.put("tokens", epoch.tokens());
      epochs.add(values);
    }
    report.put("epochs", epochs);
    return report;
  }
}
