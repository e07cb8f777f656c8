package org.rnn4j.text.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a TSV file: one a line, nothing quoted or escaped. */
final class TsvRows implements Rows {
  private final Lines lines;

  TsvRows(Path file) {
    this.lines = new Lines(file, StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable Row next() throws IOException {
    String line = lines.next();
    return line == null ? null : new Row(lines.number(), List.of(line.split("\t", -1)));
  }

  @Override
  public String separator() {
    return "tabs";
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
