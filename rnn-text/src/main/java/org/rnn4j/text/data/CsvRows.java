package org.rnn4j.text.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file after RFC 4180: quoted fields may hold commas, quotes and line ends. */
final class CsvRows implements Rows {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final de.siegmar.fastcsv.reader.CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private long nextLine = 1;

  CsvRows(Path file) {
    this.file = file;
    // The buffer keeps the decoder from being asked for one character where it has a pair.
    BufferedReader characters =
        new BufferedReader(DecodingReader.open(file, StandardCharsets.UTF_8), BUFFER);
    this.reader =
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .fieldSeparator(',')
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(characters);
    this.records = reader.iterator();
  }

  @Override
  public @Nullable Row next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      CsvRecord record = records.next();
      long line = record.getStartingLineNumber();
      nextLine = line + 1;
      for (String field : record.getFields()) {
        nextLine += field.chars().filter(c -> c == '\n').count();
      }
      return new Row(line, record.getFields());
    } catch (CsvParseException | UncheckedIOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      if (reason instanceof DataException damage) {
        throw damage;
      }
      String message = String.valueOf(reason.getMessage()).replace('\n', ' ');
      throw DataException.atLine(file, nextLine, "well-formed CSV", message).causedBy(e);
    }
  }

  @Override
  public String separator() {
    return "commas";
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
