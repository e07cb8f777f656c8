package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.study.SearchSections;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.tune.TextSearch;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Trial;

/** What a search leaves: its result as JSON, as pictures and as a table, and its winner. */
final class SearchFiles {
  /** The name of the winner's file. */
  static final String MODEL = "model.safetensors";

  private static final String SEARCH = "search.json";
  private static final String DESIGN = "design.json";

  /** The names of {@link SearchSections#pictures}. */
  private static final List<String> PICTURES =
      List.of("search-settings", "search-parallel", "search-progress");

  private static final List<String> FORMATS = List.of(".svg", ".png");

  /** The names of all files. */
  static final Set<String> NAMES = names();

  private SearchFiles() {}

  private static Set<String> names() {
    Set<String> names = new HashSet<>(Set.of(MODEL, SEARCH, DESIGN));
    PICTURES.forEach(picture -> FORMATS.forEach(format -> names.add(picture + format)));
    return Set.copyOf(names);
  }

  /**
   * Writes all files, the model last.
   *
   * @param outer the outer folds of a nested search, empty for none
   * @param unit what the budget of a trial on a fold is counted in
   * @param folder where to, which exists
   */
  static void write(
      SearchResult result,
      List<TextSearch.Outer> outer,
      String unit,
      Design winner,
      TextClassifier classifier,
      Path folder)
      throws IOException {
    writeSearch(result, outer, folder);
    AtomicFiles.writeString(folder.resolve(DESIGN), Json.write(winner.toMap()) + "\n");
    List<Picture> pictures = SearchSections.pictures(result, unit);
    for (int i = 0; i < PICTURES.size(); i++) {
      for (String format : FORMATS) {
        pictures.get(i).write(folder.resolve(PICTURES.get(i) + format));
      }
    }
    classifier.save(folder.resolve(MODEL));
  }

  /** Writes the result alone, which there is even when all trials failed. */
  static void writeSearch(SearchResult result, List<TextSearch.Outer> outer, Path folder)
      throws IOException {
    AtomicFiles.writeString(folder.resolve(SEARCH), Json.write(search(result, outer)) + "\n");
  }

  /**
   * The result as the values of a JSON object. A nested search has a list {@code nested} of its
   * outer folds, numbered as their journals: what was found without the fold, and how it scores on
   * what the fold holds out.
   */
  static Map<String, Object> search(SearchResult result, List<TextSearch.Outer> outer) {
    Map<String, Object> search = new LinkedHashMap<>(Json.parseObject(result.toJson()));
    if (!outer.isEmpty()) {
      List<Object> nested = new ArrayList<>();
      for (TextSearch.Outer fold : outer) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("fold", nested.size() + 1);
        values.put("score", fold.score());
        values.put("configuration", fold.search().best().configuration().values());
        nested.add(values);
      }
      search.put("nested", nested);
    }
    return search;
  }

  /**
   * A row for each configuration, best first.
   *
   * @param unit what budgets are counted in, which have a column where they differ
   */
  static Table ranking(SearchResult result, String unit) {
    List<String> headings = new ArrayList<>(List.of(">rank", ">trial", "score"));
    List<Trial> ranking = result.ranking();
    boolean differ = ranking.stream().mapToInt(Trial::budget).distinct().count() > 1;
    if (differ) {
      headings.add(">" + unit);
    }
    Set<String> names = new LinkedHashSet<>();
    ranking.forEach(trial -> names.addAll(trial.configuration().values().keySet()));
    headings.addAll(names);
    Table table = new Table(headings.toArray(String[]::new));
    int rank = 0;
    for (Trial trial : ranking) {
      List<Object> row = new ArrayList<>();
      row.add(++rank);
      row.add(trial.number());
      row.add(trial.failed() ? "failed" : TuneProgress.score(trial));
      if (differ) {
        row.add(trial.budget());
      }
      names.forEach(name -> row.add(cell(trial, name)));
      table.row(row.toArray());
    }
    return table;
  }

  private static String cell(Trial trial, String name) {
    Object value = trial.configuration().values().get(name);
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.4g", number);
    }
    return value == null ? "-" : value.toString();
  }
}
