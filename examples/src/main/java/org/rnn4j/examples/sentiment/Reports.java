package org.rnn4j.examples.sentiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
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
