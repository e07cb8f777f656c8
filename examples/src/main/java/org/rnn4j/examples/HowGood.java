package org.rnn4j.examples;

import java.nio.file.Path;
import java.util.Locale;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Sequential;
import org.rnn4j.metric.Bootstrap;
import org.rnn4j.optim.Adam;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;
import org.rnn4j.text.data.TsvReader;

/**
 * Reads a file of a label, a tab and a text a line, trains on three quarters of it and says how
 * good the network is on the rest, with the 95 % interval of each metric.
 */
public class HowGood {
  public static void main(String[] arguments) {
    LabelledTexts texts = new TsvReader().read(Path.of(arguments[0]));
    Split split = Split.stratified(texts, 0, 0.25, 1);

    TextClassifier classifier =
        TextClassifier.builder()
            .pipeline(TextPipeline.builder().minimumFrequency(1))
            .network(
                words ->
                    Sequential.builder(1)
                        .embedding(words, 16)
                        .layer(Gru.spec(8))
                        .lastState()
                        .dense(texts.labels().size(), Activation.SOFTMAX)
                        .build())
            .training(
                trainer ->
                    trainer
                        .optimizer(Adam.withDefaults().learningRate(0.02))
                        .batchSize(4)
                        .epochs(20))
            .fit(split.train())
            .classifier();

    Evaluation evaluation = classifier.evaluate(split.test());
    System.out.println(evaluation);
    System.out.println(evaluation.confusion());
    evaluation
        .intervals(Bootstrap.standard())
        .forEach(
            (metric, interval) ->
                System.out.printf(
                    Locale.ROOT,
                    "%s %.3f (%.3f to %.3f)%n",
                    metric,
                    interval.estimate(),
                    interval.lower(),
                    interval.upper()));
  }
}
