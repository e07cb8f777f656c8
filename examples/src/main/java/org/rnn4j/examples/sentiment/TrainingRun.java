package org.rnn4j.examples.sentiment;

import org.rnn4j.backend.KernelSelection;
import org.rnn4j.examples.design.Design;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;

/** One training of a design, with its progress on the way. */
final class TrainingRun {
  private final String name;
  private final Design design;
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * A training.
   *
   * @param name what the design is called in messages
   */
  TrainingRun(String name, Design design) {
    this.name = name;
    this.design = design;
  }

  /** Threads, which change nothing but the time. */
  TrainingRun threads(int value) {
    threads = value;
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
            + name
            + " on "
            + Tables.count(train.size())
            + " texts, kernels "
            + KernelSelection.kernels().name()
            + ", "
            + threads
            + (threads == 1 ? " thread" : " threads"));
    try (TrainingProgress progress = new TrainingProgress(console.messages())) {
      return design
          .classifier(train, trainer -> trainer.threads(threads).listener(progress))
          .network(
              words -> {
                Sequential model = design.network(words, train.labels().size());
                if (show) {
                  console.out().print(Tables.layers(model));
                  console.out().flush();
                }
                return model;
              })
          .fit(train, validation);
    }
  }
}
