package org.rnn4j.text.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Cuts texts into batches of similar length, for processors to share. */
final class PredictionBatches {
  /** How many texts a batch has. */
  static final int TEXTS = 64;

  /** A batch is closed early when it has this many tokens, so that long texts do not pile up. */
  static final int TOKENS = 1 << 15;

  private PredictionBatches() {}

  /** Predicts texts by their ids and puts the predictions in the order of the texts. */
  static List<Prediction> predict(
      List<int[]> texts, Function<List<int[]>, List<Prediction>> predictBatch) {
    Prediction[] predictions = new Prediction[texts.size()];
    batches(texts).parallelStream()
        .forEach(
            batch -> {
              List<Prediction> own = predictBatch.apply(batch.stream().map(texts::get).toList());
              for (int i = 0; i < own.size(); i++) {
                predictions[batch.get(i)] = own.get(i);
              }
            });
    return Arrays.asList(predictions);
  }

  private static List<List<Integer>> batches(List<int[]> texts) {
    List<Integer> longestFirst =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(text -> -texts.get(text).length))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    List<Integer> batch = new ArrayList<>();
    int tokens = 0;
    for (int text : longestFirst) {
      batch.add(text);
      tokens += texts.get(text).length;
      if (batch.size() == TEXTS || tokens >= TOKENS) {
        batches.add(batch);
        batch = new ArrayList<>();
        tokens = 0;
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
