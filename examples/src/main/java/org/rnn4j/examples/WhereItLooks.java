package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.explain.Explainer;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.train.EarlyStopping;
import org.rnn4j.train.Monitor;

/**
 * A GRU in both directions with attention: it stops when its validation loss gets no better, and
 * shows how much weight it gave each word of a text.
 */
public class WhereItLooks {
  public static void main(String[] arguments) {
    List<LabelledText> examples = new ArrayList<>();
    for (String subject : List.of("film", "book", "meal", "room", "song", "game", "play", "show")) {
      examples.add(new LabelledText("the " + subject + " was great from start to end", "positive"));
      examples.add(new LabelledText("a dull " + subject + " from start to end", "negative"));
      examples.add(new LabelledText("what a great " + subject, "positive"));
      examples.add(new LabelledText("the " + subject + " we saw was dull", "negative"));
    }
    LabelledTexts all = LabelledTexts.of(examples);
    LabelledTexts training = all.select(IntStream.range(0, 24).toArray());
    LabelledTexts validation = all.select(IntStream.range(24, 32).toArray());

    TextClassifier classifier =
        TextClassifier.builder()
            .pipeline(TextPipeline.builder().minimumFrequency(1))
            .network(
                words ->
                    Sequential.builder(1)
                        .embedding(words, 16)
                        .bidirectional(Gru.spec(8))
                        .layer(Attention.additive(8))
                        .dense(2, Activation.SOFTMAX)
                        .build())
            .training(
                trainer ->
                    trainer
                        .optimizer(Adam.withDefaults().learningRate(0.01))
                        .clipping(GradientClipping.byGlobalNorm(1))
                        .batchSize(4)
                        .epochs(60)
                        .earlyStopping(EarlyStopping.on(Monitor.loss()).patience(5)))
            .fit(training, validation)
            .classifier();

    String text = "the opera was great";
    System.out.println(text + ": " + classifier.predict(text).label());
    for (TokenWeight token : Explainer.of(classifier).explain(text).tokens()) {
      System.out.printf(Locale.ROOT, "%-8s %.2f%n", token.token().text(), token.weight());
    }
  }
}
