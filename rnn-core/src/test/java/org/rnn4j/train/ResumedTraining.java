package org.rnn4j.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rnn4j.backend.Activation;
import org.rnn4j.io.ModelFile;
import org.rnn4j.layer.Sequential;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.metric.Accuracy;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Draw;

/**
 * A small training with all that can be carried from step to step: dropout, AdamW, a schedule, a
 * plateau, averages, early stopping, several batches a step.
 *
 * <p>As a program it trains with checkpoints and prints a line for every step; given the same
 * folder again it goes on. In the end it saves the model.
 */
final class ResumedTraining {
  static final int VOCABULARY = 400;

  private ResumedTraining() {}

  static Sequential model(DType type) {
    return Sequential.builder(3)
        .type(type)
        .embedding(VOCABULARY, 9)
        .dropout(0.2)
        .gru(7)
        .lastState()
        .dense(3, Activation.SOFTMAX)
        .build();
  }

  static List<Example> examples(String name, int count) {
    return Draw.examples(new RandomStream(8).derive(name), count, 9, VOCABULARY, 3);
  }

  static Trainer trainer(Sequential model) {
    return Trainer.of(model)
        .loss(SoftmaxCrossEntropy.softmaxCrossEntropy().labelSmoothing(0.1))
        .optimizer(Adam.withDefaults().learningRate(0.01).weightDecay(0.02))
        .schedule(Schedule.cosine(0.1).warmUp(20))
        .reduceOnPlateau(ReduceOnPlateau.on(Monitor.loss()).patience(1).factor(0.7))
        .averaging(WeightAveraging.exponential(0.95))
        .clipping(GradientClipping.byGlobalNorm(0.5))
        .l2(L2.of(1e-3))
        .classWeights(ClassWeights.of(1, 2, 3))
        .metrics(Accuracy.accuracy())
        .earlyStopping(EarlyStopping.on(Monitor.loss()).patience(8))
        .validation(examples("validation", 20))
        .batchSize(4)
        .batchesPerStep(2)
        .epochs(8)
        .seed(5)
        .threads(1);
  }

  /** Trains in a folder, and goes on there; prints {@code step} after each step. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Sequential model = model(DType.FLOAT32);
    trainer(model)
        .checkpoints(Checkpoints.at(folder.resolve("checkpoint")).everyBatches(3))
        .listener(
            new TrainingListener() {
              @Override
              public void started(Progress progress) {
                System.out.println("from " + progress.epoch() + " " + progress.batch());
              }

              @Override
              public void batchEnded(Progress progress) {
                System.out.println("step");
              }
            })
        .fit(examples("training", 240));
    ModelFile.save(folder.resolve("model"), model, Map.of());
    System.out.println("saved");
  }
}
