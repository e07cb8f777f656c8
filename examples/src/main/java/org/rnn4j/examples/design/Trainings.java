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
    Kinds.Rate rate = design.get(Settings.SCHEDULE).value();
    trainer
        .optimizer(design.get(Settings.OPTIMIZER).value())
        .schedule(rate.schedule())
        .clipping(design.get(Settings.CLIP).value())
        .batchSize(design.get(Settings.BATCH_SIZE))
        .batchesPerStep(design.get(Settings.BATCHES_PER_STEP))
        .epochs(design.get(Settings.EPOCHS))
        .seed(design.get(Settings.SEED));
    @Nullable ReduceOnPlateau plateau = rate.plateau();
    if (plateau != null) {
      trainer.reduceOnPlateau(plateau);
    }
    design.get(Settings.EARLY_STOPPING).value().ifPresent(trainer::earlyStopping);
    regularise(design, trainer, train);
  }

  private static void regularise(Design design, Trainer trainer, LabelledTexts train) {
    double smoothing = design.get(Settings.LABEL_SMOOTHING);
    if (smoothing > 0) {
      trainer.loss(
          train.labels().size() == 2
              ? BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(smoothing)
              : SoftmaxCrossEntropy.softmaxCrossEntropy().labelSmoothing(smoothing));
    }
    if (design.get(Settings.CLASS_WEIGHTS)) {
      trainer.classWeights(balanced(train));
    }
    if (design.get(Settings.L2) > 0) {
      trainer.l2(L2.of(design.get(Settings.L2)));
    }
    if (design.get(Settings.MAX_NORM) > 0) {
      trainer.maxNorm(MaxNorm.of(design.get(Settings.MAX_NORM)));
    }
    if (design.get(Settings.AVERAGING) > 0) {
      trainer.averaging(WeightAveraging.exponential(design.get(Settings.AVERAGING)));
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
