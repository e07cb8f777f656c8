package org.rnn4j.examples.sentiment;

import java.util.Locale;
import java.util.Map;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.Setting;
import org.rnn4j.examples.design.Settings;
import org.rnn4j.examples.design.TextSettings;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.layer.Layer;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.Signal;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.History;
import org.rnn4j.train.Scores;

/** The tables that describe a network and its training. */
final class Tables {
  private Tables() {}

  /** A row for each preset, with the settings that options change. */
  static String presets() {
    Table table = new Table("preset", ">epochs", ">batch size", ">max length", ">max words");
    for (Preset preset : Preset.values()) {
      Design design = preset.design();
      table.row(
          preset,
          design.get(TrainingSettings.EPOCHS),
          design.get(TrainingSettings.BATCH_SIZE),
          design.get(TextSettings.MAX_LENGTH),
          count(design.get(TextSettings.MAX_WORDS)));
    }
    return table.toString();
  }

  /** A line for each setting of a design, in groups. */
  static String design(Design design) {
    StringBuilder lines = new StringBuilder();
    for (Setting.Group group : Setting.Group.values()) {
      lines.append(String.format("%n%s%n", group.title()));
      for (Setting<?> setting : Settings.all()) {
        if (setting.group() == group) {
          lines.append(
              String.format(Locale.ROOT, "  %-18s  %s%n", setting.name(), design.text(setting)));
        }
      }
    }
    return lines.toString();
  }

  /** A row for each layer, with the shape of its output and the number of its parameters. */
  static String layers(Sequential model) {
    Table table = new Table("layer", "output shape", ">parameters");
    Signal signal = Signal.ids();
    for (Map.Entry<String, Layer> layer : model.layers().entrySet()) {
      signal = layer.getValue().spec().output(signal);
      table.row(layer.getKey(), shape(signal), count(parameters(layer.getValue())));
    }
    table.row("total", "", count(parameters(model)));
    return table.toString();
  }

  /** A row for each epoch, with loss and accuracy, and the speed of training. */
  static String epochs(History history) {
    Table table =
        new Table(
            ">epoch",
            ">loss",
            ">accuracy",
            ">validation loss",
            ">validation accuracy",
            ">seconds",
            ">tokens/s");
    for (Epoch epoch : history.epochs()) {
      Scores validation = epoch.validation();
      table.row(
          epoch.number(),
          loss(epoch.training().loss()),
          percent(accuracy(epoch.training())),
          validation == null ? "-" : loss(validation.loss()),
          validation == null ? "-" : percent(accuracy(validation)),
          String.format(Locale.ROOT, "%.1f", epoch.seconds()),
          count(Math.round(epoch.tokens() / Math.max(1e-9, epoch.seconds()))));
    }
    return table.toString();
  }

  /** The number of all parameters. */
  static long parameters(Sequential model) {
    return model.layers().values().stream().mapToLong(Tables::parameters).sum();
  }

  /** The share of right answers, from 0 to 1. */
  static double accuracy(Scores scores) {
    return scores.metric("accuracy");
  }

  /** A share as a percentage with two decimals. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A loss with four decimals. */
  static String loss(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }

  /** A whole number in groups of three digits. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long parameters(Layer layer) {
    long sum = 0;
    for (Parameter parameter : layer.parameters()) {
      sum += parameter.value().size();
    }
    return sum;
  }

  private static String shape(Signal signal) {
    return switch (signal.form()) {
      case IDS -> "[tokens]";
      case TOKENS -> "[tokens, " + signal.width() + "]";
      case TEXTS -> "[batch, " + signal.width() + "]";
    };
  }
}
