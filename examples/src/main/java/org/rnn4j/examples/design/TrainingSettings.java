package org.rnn4j.examples.design;

import static java.util.Map.entry;

import java.util.List;
import java.util.Optional;
import org.rnn4j.examples.design.Kinds.Rate;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.train.EarlyStopping;

/** What a training makes small, what it bounds, and how it finds weights. */
public final class TrainingSettings {
  private static final SettingList SETTINGS = new SettingList();

  /** How much of the labels' certainty is spread. */
  public static final Setting<Double> LABEL_SMOOTHING =
      SETTINGS.add(
          Group.REGULARISATION,
          "label-smoothing",
          "SHARE",
          Format.share(),
          "0",
          "How much of a label's certainty is spread over all of them.");

  /** Whether labels count alike however frequent they are. */
  public static final Setting<Boolean> CLASS_WEIGHTS =
      SETTINGS.add(
          Group.REGULARISATION,
          "class-weights",
          "KIND",
          Format.choice(entry("none", false), entry("balanced", true)),
          "none",
          "none, or balanced: rare labels count more, so that all count alike.",
          "balanced");

  /** A penalty on large weights. */
  public static final Setting<Double> L2 =
      SETTINGS.add(
          Group.REGULARISATION,
          "l2",
          "FACTOR",
          Format.notNegative(),
          "0",
          "Penalty on large weights, without biases and words' vectors.");

  /** A limit on large weights. */
  public static final Setting<Double> MAX_NORM =
      SETTINGS.add(
          Group.REGULARISATION,
          "max-norm",
          "LIMIT",
          Format.notNegative(),
          "0",
          "Greatest norm of the weights that lead into a unit; 0 for none.");

  /** What is done to large gradients. */
  public static final Setting<Variant<GradientClipping>> CLIP =
      SETTINGS.add(
          Group.REGULARISATION,
          "clip",
          "KIND:LIMIT",
          Format.kinds(Kinds.clippings()),
          "none",
          "Limit of gradients: of their norm, of each parameter's norm, or of each value.");

  /** How weights follow from gradients. */
  public static final Setting<Variant<Optimizer>> OPTIMIZER =
      SETTINGS.add(
          Group.LEARNING,
          "optimizer",
          "KIND[:…]",
          Format.kinds(Kinds.optimizers()),
          "adam",
          "How weights follow from gradients.");

  /** How the learning rate changes. */
  public static final Setting<Variant<Rate>> SCHEDULE =
      SETTINGS.add(
          Group.LEARNING,
          "schedule",
          "KIND[:…]",
          Format.kinds(Kinds.schedules()),
          "constant",
          "How the learning rate changes; every and warmup count steps.");

  /** Texts in a batch. */
  public static final Setting<Integer> BATCH_SIZE =
      SETTINGS.add(Group.LEARNING, "batch-size", "N", Format.whole(1), "32", "Texts in a batch.");

  /** Batches of a step. */
  public static final Setting<Integer> BATCHES_PER_STEP =
      SETTINGS.add(
          Group.LEARNING,
          "batches-per-step",
          "N",
          Format.whole(1),
          "1",
          "Batches whose gradients are added up for a step.");

  /** Rounds through the training texts. */
  public static final Setting<Integer> EPOCHS =
      SETTINGS.add(
          Group.LEARNING,
          "epochs",
          "N",
          Format.whole(1),
          "5",
          "Rounds through the training texts.");

  /** When a training ends before its last epoch. */
  public static final Setting<Variant<Optional<EarlyStopping>>> EARLY_STOPPING =
      SETTINGS.add(
          Group.LEARNING,
          "early-stopping",
          "KIND[:…]",
          Format.kinds(Kinds.stoppings()),
          "none",
          "Ends the training when what is watched of the validation gets no better.",
          "loss");

  /** What is left of the weights. */
  public static final Setting<Double> AVERAGING =
      SETTINGS.add(
          Group.LEARNING,
          "averaging",
          "DECAY",
          Format.share(),
          "0",
          "Decay of the average over steps that is left in place of the last weights; 0 for none.");

  /** What everything random is drawn from. */
  public static final Setting<Long> SEED =
      SETTINGS.add(
          Group.LEARNING,
          "seed",
          "N",
          Format.seed(),
          "1",
          "What weights, order and dropout are drawn from: the same seed gives the same model.");

  private TrainingSettings() {}

  /** These settings in the order in which they are shown. */
  static List<Setting<?>> all() {
    return SETTINGS.all();
  }
}
