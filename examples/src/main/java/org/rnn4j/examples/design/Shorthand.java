package org.rnn4j.examples.design;

import java.util.List;
import org.rnn4j.examples.design.Setting.Group;

/**
 * Another name for a part of a setting, since it is what people look for: a command line and a
 * search may use it, a design knows the setting alone.
 *
 * @param name the name
 * @param setting the setting that it sets
 * @param parameter which of the setting's parameters; empty for the setting itself
 * @param label what stands for its value in a description
 * @param description what it means
 */
public record Shorthand(
    String name, Setting<?> setting, String parameter, String label, String description) {
  private static final List<Shorthand> ALL =
      List.of(
          new Shorthand(
              "attention",
              NetworkSettings.POOLING,
              "",
              "KIND[:…]",
              "The same as --pooling, of additive or lin."),
          new Shorthand(
              "learning-rate",
              TrainingSettings.OPTIMIZER,
              "lr",
              "RATE",
              "The optimizer's learning rate."),
          new Shorthand(
              "epsilon", TrainingSettings.OPTIMIZER, "eps", "N", "The optimizer's epsilon."));

  /** All of them. */
  public static List<Shorthand> all() {
    return ALL;
  }

  /** What it is about. */
  public Group group() {
    return setting.group();
  }

  /** Fails where it is not what is asked for. */
  void check(Variant<?> value) {
    if (parameter.isEmpty() && !Kinds.ATTENTION.contains(value.kind())) {
      throw new IllegalArgumentException(
          name + ": expected one of " + Kinds.ATTENTION + ", got " + value.kind());
    }
  }
}
