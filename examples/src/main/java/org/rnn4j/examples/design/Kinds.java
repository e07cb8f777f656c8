package org.rnn4j.examples.design;

import static java.util.Map.entry;
import static org.rnn4j.examples.design.Kind.choice;
import static org.rnn4j.examples.design.Kind.notNegative;
import static org.rnn4j.examples.design.Kind.positive;
import static org.rnn4j.examples.design.Kind.share;
import static org.rnn4j.examples.design.Kind.truth;
import static org.rnn4j.examples.design.Kind.whole;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.LayerSpec;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.OverTime.Take;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.Optimizer;
import org.rnn4j.optim.RmsProp;
import org.rnn4j.optim.Schedule;
import org.rnn4j.optim.Sgd;
import org.rnn4j.train.EarlyStopping;
import org.rnn4j.train.Monitor;
import org.rnn4j.train.ReduceOnPlateau;

/** The kinds of those settings that have several, each with its parameters and their defaults. */
final class Kinds {
  /** The kinds of {@link #pooling} that attend. */
  static final List<String> ATTENTION = List.of("additive", "lin");

  private static final Kind.Parameter<Integer> WARM_UP = whole("warmup", 0, "0");

  /**
   * How the learning rate changes.
   *
   * @param schedule by the number of the step
   * @param plateau by how well the training goes, where it is asked for
   */
  record Rate(Schedule schedule, @Nullable ReduceOnPlateau plateau) {}

  private Kinds() {}

  /** From the tokens of a text to one row. */
  static List<Kind<LayerSpec>> pooling() {
    return List.of(
        Kind.of("last", in -> OverTime.spec(Take.LAST)),
        Kind.of("mean", in -> OverTime.spec(Take.MEAN)),
        Kind.of("max", in -> OverTime.spec(Take.MAX)),
        Kind.of(
            "mean-max",
            in -> Concatenate.branch(OverTime.spec(Take.MEAN)).branch(OverTime.spec(Take.MAX))),
        Kind.of("additive", in -> Attention.additive(in.whole("size")), whole("size", 1, "64")),
        Kind.of(
            "lin",
            in ->
                Attention.structured(in.whole("da"), in.whole("r"))
                    .penalty(in.choice("form", Attention.Penalty.class), in.number("penalty")),
            whole("r", 1, "5"),
            whole("da", 1, "10"),
            notNegative("penalty", "0"),
            choice(
                "form",
                Format.choice(
                    entry("sum", Attention.Penalty.SUM), entry("mean", Attention.Penalty.MEAN)),
                "sum")));
  }

  /** How weights follow from gradients. */
  static List<Kind<Optimizer>> optimizers() {
    Kind.Parameter<?> form =
        choice(
            "form",
            Format.choice(entry("keras", Adam.Form.KERAS), entry("pytorch", Adam.Form.PYTORCH)),
            "keras");
    return List.of(
        Kind.of(
            "adam",
            Kinds::adam,
            positive("lr", "0.001"),
            share("beta1", "0.9"),
            share("beta2", "0.999"),
            positive("eps", "1e-7"),
            form),
        Kind.of(
            "adamw",
            in -> adam(in).weightDecay(in.number("decay")),
            positive("lr", "0.001"),
            share("decay", "0.01"),
            share("beta1", "0.9"),
            share("beta2", "0.999"),
            positive("eps", "1e-7"),
            form),
        Kind.of(
            "sgd",
            in -> new Sgd(in.number("lr"), in.number("momentum"), in.truth("nesterov")),
            positive("lr", "0.01"),
            share("momentum", "0"),
            truth("nesterov", "false")),
        Kind.of(
            "rmsprop",
            in ->
                new RmsProp(
                    in.number("lr"), in.number("decay"), in.number("momentum"), in.number("eps")),
            positive("lr", "0.001"),
            share("decay", "0.9"),
            share("momentum", "0"),
            positive("eps", "1e-7")));
  }

  private static Adam adam(Kind.Arguments in) {
    return new Adam(
        in.number("lr"),
        in.number("beta1"),
        in.number("beta2"),
        in.number("eps"),
        in.choice("form", Adam.Form.class));
  }

  /** How the learning rate changes. */
  static List<Kind<Rate>> schedules() {
    Kind.Parameter<?> factor = positive("factor", "0.5");
    Kind.Parameter<?> every = whole("every", 1, "1000");
    return List.of(
        Kind.of("constant", in -> rate(in, Schedule.constant()), WARM_UP),
        Kind.of("linear", in -> rate(in, Schedule.linear()), WARM_UP),
        Kind.of(
            "cosine",
            in -> rate(in, Schedule.cosine(in.number("least"))),
            share("least", "0"),
            WARM_UP),
        Kind.of(
            "step",
            in -> rate(in, Schedule.step(in.number("factor"), in.whole("every"))),
            factor,
            every,
            WARM_UP),
        Kind.of(
            "exponential",
            in -> rate(in, Schedule.exponential(in.number("factor"), in.whole("every"))),
            factor,
            every,
            WARM_UP),
        Kind.of(
            "plateau",
            in ->
                new Rate(
                    rate(in, Schedule.constant()).schedule(),
                    new ReduceOnPlateau(
                        in.choice("watch", Monitor.class),
                        in.number("factor"),
                        in.whole("patience"),
                        in.number("delta"),
                        in.number("least"))),
            share("factor", "0.1"),
            whole("patience", 1, "2"),
            choice("watch", monitors(), "loss"),
            notNegative("delta", "0"),
            share("least", "0"),
            WARM_UP));
  }

  private static Rate rate(Kind.Arguments in, Schedule schedule) {
    int warmUp = in.whole("warmup");
    return new Rate(warmUp == 0 ? schedule : schedule.warmUp(warmUp), null);
  }

  private static Format<Monitor> monitors() {
    return Format.choice(
        entry("loss", Monitor.loss()), entry("accuracy", Monitor.metric("accuracy")));
  }

  /** What is done to gradients that are too large. */
  static List<Kind<GradientClipping>> clippings() {
    return List.of(
        Kind.of("none", in -> GradientClipping.none()),
        clipping("global", GradientClipping::byGlobalNorm),
        clipping("norm", GradientClipping::byNorm),
        clipping("value", GradientClipping::byValue));
  }

  private static Kind<GradientClipping> clipping(
      String name, DoubleFunction<GradientClipping> way) {
    return Kind.of(name, in -> way.apply(in.number("limit")), positive("limit", "1"));
  }

  /** When a training ends before its last epoch. */
  static List<Kind<Optional<EarlyStopping>>> stoppings() {
    return List.of(
        Kind.of("none", in -> Optional.empty()),
        stopping("loss", Monitor.loss()),
        stopping("accuracy", Monitor.metric("accuracy")));
  }

  private static Kind<Optional<EarlyStopping>> stopping(String name, Monitor monitor) {
    return Kind.of(
        name,
        in ->
            Optional.of(
                new EarlyStopping(
                    monitor,
                    in.whole("patience"),
                    in.number("delta"),
                    in.choice("keep", Boolean.class))),
        whole("patience", 1, "3"),
        notNegative("delta", "0"),
        choice("keep", Format.choice(entry("best", true), entry("last", false)), "best"));
  }
}
