package org.rnn4j.examples.sentiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rnn4j.text.baseline.MajorityClass;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Classifier;
import org.rnn4j.text.classify.Comparison;
import org.rnn4j.text.data.LabelledTexts;

/** What a network is compared with, learnt from the same texts: NB-SVM and the majority class. */
final class Baselines {
  private static final String NETWORK = "network";

  private final Map<String, Classifier> baselines = new LinkedHashMap<>();

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
    trained.baselines.put(EvaluateCommand.NB_SVM, NbSvm.train(texts, NbSvm.Options.standard()));
    trained.baselines.put(EvaluateCommand.MAJORITY, MajorityClass.train(texts));
    return trained;
  }

  /** A network beside them, on texts that none has learnt, at least one. */
  Comparison compare(Classifier network, LabelledTexts texts) {
    Map<String, Classifier> all = new LinkedHashMap<>();
    all.put(NETWORK, network);
    all.putAll(baselines);
    return Comparison.of(all, texts);
  }
}
