package org.rnn4j.examples.design;

import java.util.List;
import java.util.stream.Stream;

/**
 * All settings of a {@link Design}: those of the {@linkplain TextSettings texts}, of the
 * {@linkplain NetworkSettings network} and of its {@linkplain TrainingSettings training}.
 */
public final class Settings {
  private static final List<Setting<?>> ALL =
      Stream.of(TextSettings.all(), NetworkSettings.all(), TrainingSettings.all())
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private Settings() {}

  /** All of them in the order in which they are shown. */
  public static List<Setting<?>> all() {
    return ALL;
  }
}
