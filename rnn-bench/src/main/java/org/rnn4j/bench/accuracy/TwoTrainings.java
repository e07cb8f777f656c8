package org.rnn4j.bench.accuracy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.bench.accuracy.KerasTwin.Task;
import org.rnn4j.bench.compare.PeerException;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TextSettings;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.io.ModelFile;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.vector.WordVectors;
import org.rnn4j.train.Trainer;

/** Trains one network in rnn4j and in Keras, an epoch of each in turns. */
final class TwoTrainings {
  /** So many texts are predicted under equal weights before anything is trained. */
  private static final int CHECKED = 64;

  /** How far logits may be apart under equal weights, of the greatest of them. */
  private static final double TOLERANCE = 1e-3;

  private final Texts texts;
  private final Design design;
  private final KerasTwin.Home home;
  private final Path folder;
  private final Consumer<String> progress;
  private final Sequential model;
  private final Task task;

  /**
   * A pair of trainings, from weights that each draws for itself.
   *
   * @param design whose seed both draw from
   * @param options how Keras is to be used
   * @param progress is told a line now and then
   */
  TwoTrainings(Texts texts, Design design, Options options, Consumer<String> progress)
      throws ModelFileException {
    this.texts = texts;
    this.design = design;
    this.home =
        new KerasTwin.Home(
            options.python(), options.scripts, options.threads, options.out().resolve("keras.log"));
    this.folder = options.out();
    this.progress = progress;
    model = design.network(texts.pipeline().vocabulary().size(), texts.labels().size());
    List<String> given = new ArrayList<>();
    design
        .get(TextSettings.VECTORS)
        .ifPresent(
            vectors -> {
              WordVectors.read(
                      vectors.file(), vectors.formatOfFile(), texts.pipeline().vocabulary())
                  .fill(model);
              given.add("embedding.table");
            });
    task = new Task(save("start"), design, texts.train(), given, options.bucketed, options.stock);
  }

  private Path save(String what) throws ModelFileException {
    Path file =
        folder.resolve("seed-" + design.get(TrainingSettings.SEED) + "-" + what + ".safetensors");
    ModelFile.save(file, model, Map.of());
    return file;
  }

  /** Keras' fastest way of compiling this training, found by trying. */
  int choose() throws PeerException {
    try (KerasTwin keras = new KerasTwin(home, progress)) {
      progress.accept("Keras " + keras.version() + " tries ways of compiling");
      return keras.choose(task);
    }
  }

  /**
   * Trains both.
   *
   * @param choice Keras' way of compiling
   * @throws PeerException if Keras fails, or its network is another one
   */
  Outcome run(int choice) throws PeerException, ModelFileException {
    try (KerasTwin keras = new KerasTwin(home, progress)) {
      progress.accept("Keras builds its network, traces and compiles");
      String settings = keras.prepare(task, choice);
      requireSameNetwork(keras);
      Turns turns = new Turns(keras, model, texts.validation(), progress);
      Trainer trainer = Trainer.of(model);
      design.configure(trainer, texts.split().train());
      trainer
          .validation(texts.validation())
          .threads(home.threads())
          .listener(turns)
          .stopWhen(turns::hasFailed)
          .fit(texts.train());
      turns.requireNoFailure();
      Tensor ours = Judgement.logits(model, texts.validation());
      Tensor underOurs = keras.check(save("trained"), texts.validation());
      return new Outcome(
          model.seed(),
          keras.version(),
          settings,
          turns.all(),
          Judgement.predictions(model.headActivation(), ours, texts.validation()),
          turns.keras(),
          Judgement.apart(ours, underOurs));
    }
  }

  /** Fails where Keras' network gives something else than ours under the same weights. */
  private void requireSameNetwork(KerasTwin keras) throws PeerException {
    List<Example> some =
        texts.validation().subList(0, Math.min(CHECKED, texts.validation().size()));
    double apart = Judgement.apart(Judgement.logits(model, some), keras.check(task.model(), some));
    if (!(apart <= TOLERANCE)) {
      throw new PeerException(
          "expected the network to give what ours does under the same weights, got logits that"
              + " differ by "
              + apart
              + " of the greatest");
    }
    progress.accept(
        String.format(
            Locale.ROOT,
            "the same network: under the same weights logits of %d texts differ by %.1e of the"
                + " greatest",
            some.size(),
            apart));
  }
}
