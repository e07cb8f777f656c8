package org.rnn4j.examples.sentiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rnn4j.text.data.AclImdbReader;
import org.rnn4j.text.data.Columns;
import org.rnn4j.text.data.CsvReader;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Sentiment140Reader;
import org.rnn4j.text.data.TsvReader;
import picocli.CommandLine.Option;

/** How files of labelled texts are read: the options that commands with such files share. */
final class DataOptions {
  /** The layouts that are understood. */
  enum Format {
    /** As name and kind of the file say: a folder, a name ending in .csv or .csv.gz, or TSV. */
    AUTO,
    /** Tab-separated values. */
    TSV,
    /** Comma-separated values. */
    CSV,
    /** The folders of the Large Movie Review Dataset. */
    ACLIMDB,
    /** The CSV of Sentiment140, in Latin-1. */
    SENTIMENT140;

    /**
     * The layout of a name, in capitals or not.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Format named(String name) {
      for (Format format : values()) {
        if (format.toString().equalsIgnoreCase(name)) {
          return format;
        }
      }
      throw new IllegalArgumentException(
          "Expected a format of " + Arrays.toString(values()) + ", got " + name);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The half of a data set that comes in two. */
  enum Half {
    /** What is learnt from. */
    TRAINING,
    /** What is tested with. */
    TEST
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Layout of the data: ${COMPLETION-CANDIDATES}. "
              + "auto takes a folder for aclimdb, names ending in .csv or .csv.gz for csv, others for tsv.")
  private Format format = Format.AUTO;

  @Option(
      names = "--text-column",
      paramLabel = "COLUMN",
      description =
          "Column of the text: a name from the first row, or a number counted from 0. "
              + "Two numbers mean that the first row is data already. "
              + "Default: 1 for tsv, text for csv.")
  private @Nullable String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description = "Column of the label, likewise. Default: 0 for tsv, label for csv.")
  private @Nullable String labelColumn;

  /**
   * Reads a file.
   *
   * @param labels the labels that may occur, empty for any
   * @param half which half of a data set to read where the path is the folder of both
   * @throws org.rnn4j.text.data.DataException if the data cannot be used
   */
  LabelledTexts read(Path path, List<String> labels, Half half, Console console) {
    return switch (formatOf(path)) {
      case ACLIMDB -> readFolder(path, half);
      case SENTIMENT140 -> {
        Sentiment140Reader.Result result = new Sentiment140Reader().read(path);
        console.say(path + ": " + result.report());
        yield result.texts();
      }
      case CSV -> new CsvReader(columns("label", "text").withLabels(labels)).read(path);
      default -> new TsvReader(columns("0", "1").withLabels(labels)).read(path);
    };
  }

  private Format formatOf(Path path) {
    if (format != Format.AUTO) {
      return format;
    }
    if (Files.isDirectory(path)) {
      return Format.ACLIMDB;
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".csv") || name.endsWith(".csv.gz") ? Format.CSV : Format.TSV;
  }

  private static LabelledTexts readFolder(Path folder, Half half) {
    AclImdbReader reader = new AclImdbReader();
    if (!Files.isDirectory(folder.resolve("train"))) {
      return reader.read(folder);
    }
    return half == Half.TRAINING ? reader.readTrain(folder) : reader.readTest(folder);
  }

  private Columns columns(String defaultLabel, String defaultText) {
    String label = labelColumn == null ? defaultLabel : labelColumn;
    String text = textColumn == null ? defaultText : textColumn;
    return isNumber(label) && isNumber(text)
        ? Columns.named(label, text).withHeader(false)
        : Columns.named(label, text);
  }

  private static boolean isNumber(String column) {
    return !column.isEmpty() && column.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
