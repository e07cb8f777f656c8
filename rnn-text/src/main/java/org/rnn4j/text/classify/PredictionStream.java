package org.rnn4j.text.classify;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Predictions of texts that come one by one, made a batch at a time when they are asked for. */
final class PredictionStream extends Spliterators.AbstractSpliterator<Prediction> {
  private final Iterator<String> texts;
  private final TextClassifier classifier;
  private Iterator<Prediction> ready = List.<Prediction>of().iterator();

  private PredictionStream(Iterator<String> texts, TextClassifier classifier) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.texts = texts;
    this.classifier = classifier;
  }

  static Stream<Prediction> of(Stream<String> texts, TextClassifier classifier) {
    return StreamSupport.stream(new PredictionStream(texts.iterator(), classifier), false)
        .onClose(texts::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Prediction> action) {
    if (!ready.hasNext()) {
      ready = classifier.predictBatch(texts).iterator();
    }
    if (!ready.hasNext()) {
      return false;
    }
    action.accept(ready.next());
    return true;
  }
}
