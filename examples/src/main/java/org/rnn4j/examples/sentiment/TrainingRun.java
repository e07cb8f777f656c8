package org.rnn4j.examples.sentiment;

import org.rnn4j.backend.KernelSelection;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;

/** A preset with the settings of one training, which start as the preset's own. */
final class TrainingRun {
  /** The norm that the gradients of a step are held to, all parameters together. */
  private static final double CLIPPING_NORM = 1;

  private final Preset preset;
  private int epochs;
  private int batchSize;
  private int length;
  private int words;
  private int threads = Runtime.getRuntime().availableProcessors();
  private long seed = 1;

  private TrainingRun(Preset preset) {
    this.preset = preset;
    epochs = preset.epochs();
    batchSize = preset.batchSize();
    length = preset.length();
    words = preset.words();
  }

  static TrainingRun of(Preset preset) {
    return new TrainingRun(preset);
  }

  /** Rounds through the training texts. */
  TrainingRun epochs(int value) {
    epochs = value;
    return this;
  }

  /** Texts in a batch. */
  TrainingRun batchSize(int value) {
    batchSize = value;
    return this;
  }

  /** Most tokens that are read of a text. */
  TrainingRun length(int value) {
    length = value;
    return this;
  }

  /** Most words that are known. */
  TrainingRun words(int value) {
    words = value;
    return this;
  }

  /** Threads, which change nothing but the time. */
  TrainingRun threads(int value) {
    threads = value;
    return this;
  }

  /** What weights and order are drawn from. */
  TrainingRun seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Trains.
   *
   * @param validation texts that are scored after every epoch; may be empty
   * @param show whether to print the table of layers
   * @throws org.rnn4j.text.data.DataException if the texts are of one label only
   */
  TextClassifier.Trained run(
      LabelledTexts train, LabelledTexts validation, Console console, boolean show) {
    console.say(
        "Training "
            + preset
            + " on "
            + Tables.count(train.size())
            + " texts, kernels "
            + KernelSelection.kernels().name()
            + ", "
            + threads
            + (threads == 1 ? " thread" : " threads"));
    try (TrainingProgress progress = new TrainingProgress(console.messages())) {
      return TextClassifier.builder()
          .pipeline(preset.pipeline(words, length))
          .network(
              ids -> {
                Sequential model = preset.network(ids, train.labels().size(), seed);
                if (show) {
                  console.out().print(Tables.layers(model));
                  console.out().flush();
                }
                return model;
              })
          .training(
              trainer ->
                  trainer
                      .clipping(GradientClipping.byGlobalNorm(CLIPPING_NORM))
                      .optimizer(preset.optimizer())
                      .averaging(preset.averaging())
                      .batchSize(batchSize)
                      .epochs(epochs)
                      .threads(threads)
                      .seed(seed)
                      .listener(progress))
          .fit(train, validation);
    }
  }
}
