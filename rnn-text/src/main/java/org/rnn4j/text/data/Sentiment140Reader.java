package org.rnn4j.text.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the tweets of Sentiment140 (Go, Bhayani, Huang: Twitter Sentiment Classification using
 * Distant Supervision, 2009) from its official file, plain or gzip: CSV without a header, in
 * Latin-1, one tweet a line, with the columns polarity, id, date, query, user and text. Polarity 0
 * becomes the label <i>0</i> (negative), 4 becomes <i>1</i> (positive); the user is the group.
 *
 * <p>Neutral tweets (polarity 2, in the test file) and stray rows are left out and reported.
 */
public final class Sentiment140Reader {
  private static final int COLUMNS = 6;
  private static final int POLARITY = 0;
  private static final int USER = 4;
  private static final int TEXT = 5;

  /**
   * The tweets of a file, and what became of its rows.
   *
   * @param texts the tweets with the labels <i>0</i> and <i>1</i>
   * @param report how many rows were kept and which were not
   */
  public record Result(LabelledTexts texts, ReadReport report) {}

  /** A reader of the official format. */
  public Sentiment140Reader() {}

  /**
   * Reads a file.
   *
   * @throws DataException if the file is missing, empty or damaged, or has no row of polarity 0 or
   *     4
   */
  public Result read(Path file) {
    List<LabelledText> examples = new ArrayList<>();
    Map<String, ReadReport.Skipped> skipped = new LinkedHashMap<>();
    long rows;
    try (Lines lines = new Lines(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        String reason = read(line, examples);
        if (!reason.isEmpty()) {
          long number = lines.number();
          skipped.merge(
              reason,
              new ReadReport.Skipped(reason, 1, number),
              (first, next) -> new ReadReport.Skipped(reason, first.rows() + 1, first.firstLine()));
        }
      }
      rows = lines.number();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ReadReport report = new ReadReport(rows, examples.size(), List.copyOf(skipped.values()));
    if (examples.isEmpty()) {
      throw DataException.inFile(
          file,
          "rows of Sentiment140 (polarity 0 or 4, id, date, query, user, text)",
          report.toString());
    }
    return new Result(LabelledTexts.of(examples, List.of("0", "1")), report);
  }

  /** Adds the tweet of a line to the examples, or returns why it is none. */
  private static String read(String line, List<LabelledText> examples) {
    if (line.isEmpty()) {
      return "an empty line";
    }
    CsvRecord fields;
    try {
      fields =
          de.siegmar.fastcsv.reader.CsvReader.builder()
              .skipEmptyLines(false)
              .allowUnclosedQuote(false)
              .ofSingleCsvRecord(line);
    } catch (CsvParseException e) {
      return "not well-formed CSV";
    }
    if (fields.getFieldCount() != COLUMNS) {
      return "not " + COLUMNS + " columns";
    }
    String label =
        switch (fields.getField(POLARITY)) {
          case "0" -> "0";
          case "4" -> "1";
          case "2" -> "";
          default -> "?";
        };
    if (label.isEmpty()) {
      return "neutral (polarity 2)";
    }
    if (label.equals("?")) {
      return "a polarity other than 0, 2 and 4";
    }
    examples.add(new LabelledText(fields.getField(TEXT), label, fields.getField(USER)));
    return "";
  }
}
