package org.rnn4j.examples.sentiment;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TextSettings;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.classify.TextClassifierBuilder;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.vector.WordVectors;
import org.rnn4j.train.Checkpoints;
import org.rnn4j.train.Trainer;
import org.rnn4j.train.TrainingListener;

/** One training of a design, with its progress on the way. */
final class TrainingRun {
  private final String name;
  private final Design design;
  private int threads = Runtime.getRuntime().availableProcessors();
  private @Nullable Checkpoints checkpoints;
  private BooleanSupplier stop = () -> false;

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

  /** Where the state of the training is kept and gone on from; null for nowhere. */
  TrainingRun checkpoints(@Nullable Checkpoints value) {
    checkpoints = value;
    return this;
  }

  /** Is asked after every step whether to stop. */
  TrainingRun stopWhen(BooleanSupplier value) {
    stop = value;
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
      TextClassifierBuilder classifier =
          design
              .classifier(train, trainer -> configure(trainer.listener(progress), console))
              .network(
                  words -> {
                    Sequential model = design.network(words, train.labels().size());
                    if (show) {
                      console.out().print(Tables.layers(model));
                      console.out().flush();
                    }
                    return model;
                  });
      if (design.get(TextSettings.VECTORS).isPresent()) {
        classifier.vectors(words -> vectors(words, train, console));
      }
      return classifier.fit(train, validation);
    }
  }

  /** Says where a training that goes on stands. */
  private record GoneOn(Checkpoints checkpoints, Console console) implements TrainingListener {
    @Override
    public void started(Progress progress) {
      if (progress.epoch() > 0) {
        console.say(
            "Going on from "
                + checkpoints.file()
                + ", epoch "
                + progress.epoch()
                + " of at most "
                + progress.epochs());
      }
    }
  }

  private void configure(Trainer trainer, Console console) {
    trainer.threads(threads).stopWhen(stop);
    if (checkpoints != null) {
      trainer.checkpoints(checkpoints).listener(new GoneOn(checkpoints, console));
    }
  }

  private WordVectors vectors(Vocabulary words, LabelledTexts train, Console console) {
    WordVectors vectors = design.vectors(words).orElseThrow();
    console.say("Vectors: " + vectors.coverage(design.pipeline(words), train.texts()));
    return vectors;
  }
}
