package org.rnn4j.text.classify;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;

/** Small texts and networks that train in a moment. */
final class SmallClassifiers {
  private static final List<String> FILLERS =
      List.of("the", "film", "is", "plot", "acting", "and", "music", ",");
  private static final List<String> LABELS = List.of("negative", "positive");
  private static final List<List<String>> VERDICTS =
      List.of(List.of("bad", "dull", "not good"), List.of("good", "fine", "not bad"));

  private SmallClassifiers() {}

  /** Short reviews with a verdict somewhere, which its negation turns round. */
  static LabelledTexts reviews(int count, long seed) {
    RandomStream random = new RandomStream(seed).derive("reviews");
    List<LabelledText> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(2);
      List<String> verdicts = VERDICTS.get(label);
      StringBuilder text = new StringBuilder();
      int before = random.nextInt(6);
      for (int word = 0; word < before; word++) {
        text.append(FILLERS.get(random.nextInt(FILLERS.size()))).append(' ');
      }
      text.append(verdicts.get(random.nextInt(verdicts.size())));
      int after = random.nextInt(4);
      for (int word = 0; word < after; word++) {
        text.append(' ').append(FILLERS.get(random.nextInt(FILLERS.size())));
      }
      examples.add(new LabelledText(text.toString(), LABELS.get(label)));
    }
    return LabelledTexts.of(examples, LABELS);
  }

  static Sequential network(int ids, int outputs) {
    return Sequential.builder(11)
        .embedding(ids, 12)
        .gru(12)
        .lastState()
        .dense(outputs, outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
        .build();
  }

  /** A classifier that has learned nothing. */
  static TextClassifier untrained(int outputs, String... labels) {
    TextPipeline pipeline = TextPipeline.builder().fit(reviews(100, 1).texts());
    return new TextClassifier(
        pipeline, network(pipeline.vocabulary().size(), outputs), List.of(labels));
  }
}
