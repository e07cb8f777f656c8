package org.rnn4j.text.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows into labelled texts: finds the columns and checks every row against the first. */
final class Table {
  /** More classes than this mean that the wrong column was taken for the label. */
  private static final int MOST_LABELS = 1000;

  /** A name of a column that is longer, or has more words, is rather a text. */
  private static final int LONGEST_NAME = 40;

  private static final int MOST_WORDS = 3;

  private final Path file;
  private final Rows rows;
  private int width = -1;
  private long firstLine;

  Table(Path file, Rows rows) {
    this.file = file;
    this.rows = rows;
  }

  LabelledTexts read(Columns columns) throws IOException {
    List<String> names = columns.header() ? header() : List.of();
    Rows.@Nullable Row row = nextOfEqualWidth();
    if (row == null) {
      throw DataException.inFile(file, "at least one row", "a header only");
    }
    int label = find(columns.label(), names, "label", row);
    int text = find(columns.text(), names, "text", row);
    String groupColumn = columns.group();
    int group = groupColumn == null ? -1 : find(groupColumn, names, "group", row);
    List<LabelledText> examples = new ArrayList<>();
    Set<String> labels = new HashSet<>(columns.labels());
    for (; row != null; row = nextOfEqualWidth()) {
      String name = row.fields().get(label);
      checkLabel(name, labels, columns, row.line());
      examples.add(
          new LabelledText(
              row.fields().get(text), name, group < 0 ? null : row.fields().get(group)));
    }
    return columns.labels().isEmpty()
        ? LabelledTexts.of(examples)
        : LabelledTexts.of(examples, columns.labels());
  }

  /** The fields of one column, counted from 0, of a table without a header. */
  List<String> readColumn(int column) throws IOException {
    List<String> fields = new ArrayList<>();
    for (Rows.Row row = nextOfEqualWidth(); row != null; row = nextOfEqualWidth()) {
      fields.add(row.fields().get(find(String.valueOf(column), List.of(), "group", row)));
    }
    return fields;
  }

  private List<String> header() throws IOException {
    Rows.@Nullable Row row = nextOfEqualWidth();
    return row == null ? List.of() : row.fields();
  }

  private Rows.@Nullable Row nextOfEqualWidth() throws IOException {
    Rows.@Nullable Row row = rows.next();
    if (row == null) {
      return null;
    }
    int fields = row.fields().size();
    if (width < 0) {
      width = fields;
      firstLine = row.line();
    }
    if (fields != width) {
      throw DataException.atLine(
          file,
          row.line(),
          plural(width, "column")
              + " separated by "
              + rows.separator()
              + ", as in line "
              + firstLine,
          isEmpty(row) ? "an empty line" : String.valueOf(fields));
    }
    return row;
  }

  private int find(String column, List<String> names, String role, Rows.Row row) {
    int named = names.indexOf(column);
    if (named >= 0) {
      if (named != names.lastIndexOf(column)) {
        throw DataException.atLine(
            file,
            firstLine,
            "one column named " + DataException.quote(column) + " for the " + role,
            "the columns " + names);
      }
      return named;
    }
    if (!Columns.isNumber(column)) {
      throw DataException.atLine(
          file,
          firstLine,
          "a column named " + DataException.quote(column) + " for the " + role,
          looksLikeData(names)
              ? "a first row that looks like data; without a header give the column's number, "
                  + "counted from 0"
              : "the columns " + names);
    }
    int index = Integer.parseInt(column);
    if (index >= width) {
      String came = isEmpty(row) ? "an empty line" : plural(width, "column");
      throw DataException.atLine(
          file,
          firstLine,
          "a column "
              + index
              + " (counted from 0) for the "
              + role
              + ", separated by "
              + rows.separator(),
          came);
    }
    return index;
  }

  /** Whether these are hardly names of columns: there is a number, nothing, or a whole text. */
  private static boolean looksLikeData(List<String> names) {
    return names.stream()
        .anyMatch(
            name ->
                name.isBlank()
                    || Columns.isNumber(name)
                    || name.length() > LONGEST_NAME
                    || name.strip().split("\\s+", MOST_WORDS + 2).length > MOST_WORDS);
  }

  private void checkLabel(String label, Set<String> labels, Columns columns, long line) {
    if (label.isEmpty()) {
      throw DataException.atLine(file, line, "a label", "an empty one");
    }
    if (!columns.labels().isEmpty()) {
      if (!labels.contains(label)) {
        throw DataException.atLine(
            file, line, "one of the labels " + columns.labels(), DataException.quote(label));
      }
    } else if (labels.add(label) && labels.size() > MOST_LABELS) {
      throw DataException.atLine(
          file,
          line,
          "at most " + MOST_LABELS + " different labels",
          "one more, " + DataException.quote(label) + "; is the label in another column?");
    }
  }

  private static boolean isEmpty(Rows.Row row) {
    return row.fields().stream().allMatch(String::isEmpty);
  }

  private static String plural(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
