package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.chart.SearchPictures;
import org.rnn4j.examples.chart.SearchScore;
import org.rnn4j.examples.chart.SearchTrial;
import org.rnn4j.examples.chart.SettingRange;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.report.Section;
import org.rnn4j.examples.report.Sections;
import org.rnn4j.tune.Dimension;
import org.rnn4j.tune.IntegerRange;
import org.rnn4j.tune.RealRange;
import org.rnn4j.tune.Scale;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Trial;

/** A section for each stage of a search, and the pictures of one. */
public final class SearchSections {
  private static final SearchScore ACCURACY = new SearchScore("accuracy", true, true);
  private static final int MOST_TRIALS = 20;

  private SearchSections() {}

  static List<Section> of(StudySearch.Found found) {
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < found.stages().size(); i++) {
      StudySearch.Stage stage = found.stages().get(i);
      Section section = section(stage, found.results().get(i));
      sections.add(new Section("Search: " + stage.name(), section.blocks()));
    }
    return sections;
  }

  private static Section section(StudySearch.Stage stage, SearchResult result) {
    String unit = stage.method().unit();
    return Sections.search(
        trials(result),
        ACCURACY,
        unit,
        sentence(stage, result),
        pictures(result, unit),
        MOST_TRIALS);
  }

  /**
   * The pictures of a search: each setting against the score, all settings of each trial, and the
   * best so far against what was spent.
   *
   * @param unit what the budget of a trial on a fold is counted in
   * @throws IllegalStateException if all trials failed
   */
  public static List<Picture> pictures(SearchResult result, String unit) {
    List<SearchTrial> trials = trials(result);
    Map<String, SettingRange> ranges = ranges(result);
    return List.of(
        SearchPictures.settings(trials, ACCURACY, ranges),
        SearchPictures.parallel(trials, ACCURACY, ranges),
        SearchPictures.progress(trials, ACCURACY, unit));
  }

  /**
   * The trials of a search, with the numbers that its files have. Those have a score that can be
   * compared with the best's: they were given as much, and were not stopped. Each costs its budget
   * on every fold that was scored.
   */
  private static List<SearchTrial> trials(SearchResult result) {
    int budget = result.best().budget();
    return result.trials().stream()
        .map(
            trial ->
                new SearchTrial(
                    trial.number(),
                    trial.configuration().values(),
                    trial.complete() && trial.budget() == budget ? trial.mean() : Double.NaN,
                    (double) trial.budget() * trial.scores().size()))
        .toList();
  }

  /** What the best is better by than the design that the search began with. */
  private static String bought(SearchResult result) {
    Trial best = result.best();
    if (result.first().isEmpty()) {
      return "";
    }
    Trial first = result.first().get(0);
    if (first.failed()) {
      return " The design that the search began with failed: " + first.error() + ".";
    }
    if (first.equals(best)) {
      return " It is the design that the search began with.";
    }
    Trial.Difference difference = best.over(first);
    return " The design that the search began with, number "
        + first.number()
        + ", is right in "
        + Digits.percent(first.mean(), 1)
        + ": on the same folds the best has "
        + Digits.fixed(100 * difference.mean(), 2)
        + " points more, with a standard error of "
        + Digits.fixed(100 * difference.standardError(), 2)
        + ".";
  }

  /** How the parameters that are ranges were drawn. */
  private static Map<String, SettingRange> ranges(SearchResult result) {
    Map<String, SettingRange> ranges = new LinkedHashMap<>();
    for (Dimension dimension : result.space().dimensions()) {
      Scale scale =
          dimension instanceof RealRange real
              ? real.scale()
              : dimension instanceof IntegerRange whole ? whole.scale() : null;
      if (scale != null) {
        ranges.put(
            dimension.name(), scale == Scale.LOG ? SettingRange.LOGARITHMIC : SettingRange.LINEAR);
      }
    }
    return ranges;
  }

  private static String sentence(StudySearch.Stage stage, SearchResult result) {
    Trial best = result.best();
    return "Method: "
        + stage.method()
        + ", "
        + result.trials().size()
        + " trials on "
        + best.scores().size()
        + " folds of the training texts each. The best, number "
        + best.number()
        + ", is right in "
        + Digits.percent(best.mean(), 1)
        + " of what the folds held out, with a standard error of "
        + Digits.percent(best.standardError(), 1)
        + "."
        + bought(result)
        + " It was chosen by this number, which is therefore rather too high; the test texts had"
        + " no part in it.";
  }
}
