package org.rnn4j.examples.design;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.rnn4j.examples.design.Setting.Group;

/** Settings in the order in which they were added. */
final class SettingList {
  private final List<Setting<?>> settings = new ArrayList<>();

  /** Adds a setting that needs a value where it is named, see {@link Setting}. */
  <T> Setting<T> add(
      Group group,
      String name,
      String label,
      Format<T> format,
      String standard,
      String description) {
    return add(group, name, label, format, standard, description, "");
  }

  /** Adds a setting whose name alone stands for a value, see {@link Setting}. */
  <T> Setting<T> add(
      Group group,
      String name,
      String label,
      Format<T> format,
      String standard,
      String description,
      String bare) {
    Setting<T> setting =
        new Setting<>(name, group, label, description, format, format.read(name, standard), bare);
    settings.add(setting);
    return setting;
  }

  List<Setting<?>> all() {
    return Collections.unmodifiableList(settings);
  }
}
