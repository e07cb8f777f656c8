package org.rnn4j.examples.design;

import org.jspecify.annotations.Nullable;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.loss.SoftmaxCrossEntropy;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.ReduceOnPlateau;
import org.rnn4j.train.Trainer;

/** Tells a trainer what a design says. */
final class Trainings {
  private Trainings() {}

  static void configure(Design design, Trainer trainer, LabelledTexts train) {
    Kinds.Rate rate = design.get(TrainingSettings.SCHEDULE).value();
    trainer
        .optimizer(design.get(TrainingSettings.OPTIMIZER).value())
        .schedule(rate.schedule())
        .clipping(design.get(TrainingSettings.CLIP).value())
        .batchSize(design.get(TrainingSettings.BATCH_SIZE))
        .batchesPerStep(design.get(TrainingSettings.BATCHES_PER_STEP))
        .epochs(design.get(TrainingSettings.EPOCHS))
        .seed(design.get(TrainingSettings.SEED));
    @Nullable ReduceOnPlateau plateau = rate.plateau();
    if (plateau != null) {
      trainer.reduceOnPlateau(plateau);
    }
    design.get(TrainingSettings.EARLY_STOPPING).value().ifPresent(trainer::earlyStopping);
    regularise(design, trainer, train);
  }

  private static void regularise(Design design, Trainer trainer, LabelledTexts train) {
    double smoothing = design.get(TrainingSettings.LABEL_SMOOTHING);
    if (smoothing > 0) {
      trainer.loss(
          train.labels().size() == 2
              ? BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(smoothing)
              : SoftmaxCrossEntropy.softmaxCrossEntropy().labelSmoothing(smoothing));
    }
    if (design.get(TrainingSettings.CLASS_WEIGHTS)) {
      trainer.classWeights(balanced(train));
    }
    if (design.get(TrainingSettings.L2) > 0) {
      trainer.l2(L2.of(design.get(TrainingSettings.L2)));
    }
    if (design.get(TrainingSettings.MAX_NORM) > 0) {
      trainer.maxNorm(MaxNorm.of(design.get(TrainingSettings.MAX_NORM)));
    }
    if (design.get(TrainingSettings.AVERAGING) > 0) {
      trainer.averaging(WeightAveraging.exponential(design.get(TrainingSettings.AVERAGING)));
    }
  }

  /** {@code texts / (labels · texts of the label)}; 1 for a label without texts. */
  private static ClassWeights balanced(LabelledTexts train) {
    double share = (double) train.size() / train.labels().size();
    return ClassWeights.of(
        train.counts().values().stream()
            .mapToDouble(count -> count == 0 ? 1 : share / count)
            .toArray());
  }
}
