package org.rnn4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.Adam;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

/** Trains a classifier on a handful of texts, saves it, loads it and asks it. */
public class FirstProgram {
  public static void main(String[] arguments) throws IOException {
    List<LabelledText> examples = new ArrayList<>();
    for (String subject : List.of("the film", "this book", "our meal", "my room", "their song")) {
      examples.add(new LabelledText(subject + " was good", "positive"));
      examples.add(new LabelledText(subject + " was bad", "negative"));
      examples.add(new LabelledText(subject + " was not good", "negative"));
      examples.add(new LabelledText(subject + " was not bad", "positive"));
    }

    TextClassifier trained =
        TextClassifier.builder()
            .pipeline(TextPipeline.builder().minimumFrequency(1))
            .network(
                words ->
                    Sequential.builder(1) // the seed: the same seed, the same model
                        .embedding(words, 16)
                        .gru(16)
                        .lastState()
                        .dense(2, Activation.SOFTMAX)
                        .build())
            .training(
                trainer ->
                    trainer
                        .optimizer(Adam.withDefaults().learningRate(0.01))
                        .batchSize(4)
                        .epochs(60))
            .fit(LabelledTexts.of(examples))
            .classifier();

    Path file = Files.createTempFile("first", ".safetensors");
    trained.save(file);
    TextClassifier classifier = TextClassifier.load(file);

    for (String text :
        List.of("your film was good", "my song was not bad", "their book was not good")) {
      Prediction prediction = classifier.predict(text);
      System.out.printf(
          Locale.ROOT, "%s: %s, %.2f%n", text, prediction.label(), prediction.probability());
    }
  }
}
