package org.rnn4j.examples.sentiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.TsvReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that give labelled texts to learn from, with their groups. */
final class LabelledDataOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "Texts to learn from: TSV, CSV or an aclImdb folder, plain or gzip.")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "TSV whose rows go with those of --data and name the group of each text, a film for "
              + "instance: no group is then learnt from and scored as well.")
  private @Nullable Path groups;

  @Option(
      names = "--group-column",
      paramLabel = "N",
      description = "Column of the group, counted from 0. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int groupColumn = 2;

  @Option(
      names = "--labels",
      paramLabel = "LABEL",
      split = ",",
      description =
          "The labels that may occur, in order, separated by commas. "
              + "Default: the two that occur; more than two must be named here.")
  private List<String> labels = new ArrayList<>();

  @Mixin private final DataOptions format = new DataOptions();

  /** Whether texts were given at all, which not every command asks for. */
  boolean isGiven() {
    return command.commandLine().getParseResult().hasMatchedOption("--data");
  }

  /** The file of the texts. */
  Path data() {
    return data;
  }

  /** The file of the groups. */
  @Nullable Path groups() {
    return groups;
  }

  /**
   * The file that the groups come from, for messages: that of the texts where there is no other.
   */
  Path groupsFile() {
    return groups == null ? data : groups;
  }

  /** What is wrong with the texts as a whole, with the file that they or their groups come from. */
  DataException inFile(DataException failure) {
    return DataException.inFile(groupsFile(), failure.expected(), failure.actual())
        .causedBy(failure);
  }

  /** Stratified folds, or grouped ones where the texts have groups. */
  static Folds folds(LabelledTexts read, int count) {
    return read.get(0).group() != null ? Folds.grouped(count) : Folds.stratified(count);
  }

  /**
   * Parts texts that were read.
   *
   * @throws DataException naming the file, if they cannot be parted so
   */
  List<Fold> part(LabelledTexts read, Folds folds, long seed) {
    try {
      return folds.of(read, seed);
    } catch (DataException e) {
      throw isGiven() ? inFile(e) : e;
    }
  }

  /** How many labels were named; 0 for none. */
  int namedLabels() {
    return labels.size();
  }

  /**
   * Checks the options themselves.
   *
   * @throws ParameterException naming the option
   */
  void check() {
    if (groupColumn < 0) {
      throw usage("--group-column: expected a number of 0 or more, got " + groupColumn);
    }
    if (groups == null
        && command.commandLine().getParseResult().hasMatchedOption("--group-column")) {
      throw usage("--group-column: expected --groups with it, got none");
    }
    if (!labels.isEmpty() && labels.size() < 2) {
      throw usage("--labels: expected two labels or more, got " + labels);
    }
    if (labels.contains("") || new HashSet<>(labels).size() < labels.size()) {
      throw usage("--labels: expected labels that are not empty and differ, got " + labels);
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  /**
   * Reads the texts, with their groups where they are asked for.
   *
   * @throws DataException if the data cannot be used, or are not of two labels or more
   */
  LabelledTexts read(Console console) {
    LabelledTexts texts = format.read(data, labels, DataOptions.Half.TRAINING, console);
    List<Map.Entry<String, Integer>> counts = new ArrayList<>(texts.counts().entrySet());
    counts.removeIf(entry -> entry.getValue() == 0);
    if (counts.size() < 2) {
      throw DataException.inFile(
          data, "texts of two labels or more", "the label " + counts.get(0).getKey() + " only");
    }
    if (labels.isEmpty() && counts.size() > 2) {
      counts.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
      refuseFurtherLabels(List.of(counts.get(0).getKey(), counts.get(1).getKey()), console);
    }
    return groups == null ? texts : TsvReader.withGroups(texts, groups, groupColumn);
  }

  /** Reads again, to tell the line where the first label beside the two usual ones stands. */
  private void refuseFurtherLabels(List<String> usual, Console console) {
    try {
      format.read(data, usual.stream().sorted().toList(), DataOptions.Half.TRAINING, console);
    } catch (DataException e) {
      throw DataException.atLine(
              data,
              e.line().orElse(0),
              e.expected() + " (more than two must be named with --labels)",
              e.actual())
          .causedBy(e);
    }
  }

  /**
   * Reads texts of the same labels that the finished model is tested on.
   *
   * @throws DataException if the data cannot be used
   */
  LabelledTexts readTest(Path file, List<String> known, Console console) {
    return format.read(file, known, DataOptions.Half.TEST, console);
  }
}
