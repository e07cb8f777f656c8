package org.rnn4j.examples.study;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.chart.SearchPictures;
import org.rnn4j.examples.chart.SearchScore;
import org.rnn4j.examples.chart.SearchTrial;
import org.rnn4j.examples.report.Section;
import org.rnn4j.examples.report.Sections;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Trial;

/** A section for each stage of a search. */
final class SearchSections {
  private static final SearchScore ACCURACY = new SearchScore("accuracy", true, true);
  private static final String UNIT = "folds";
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
    List<SearchTrial> trials = result.trials().stream().map(SearchSections::trial).toList();
    return Sections.search(
        trials,
        ACCURACY,
        UNIT,
        sentence(stage, result),
        List.of(
            SearchPictures.settings(trials, ACCURACY),
            SearchPictures.parallel(trials, ACCURACY),
            SearchPictures.progress(trials, ACCURACY, UNIT)),
        MOST_TRIALS);
  }

  private static SearchTrial trial(Trial trial) {
    return new SearchTrial(
        trial.number() + 1,
        trial.configuration().values(),
        trial.complete() ? trial.mean() : Double.NaN,
        trial.scores().size());
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
        + (best.number() + 1)
        + ", is right in "
        + Digits.percent(best.mean(), 1)
        + " of what the folds held out, with a standard error of "
        + Digits.percent(best.standardError(), 1)
        + ". It was chosen by this number, which is therefore rather too high; the test texts had"
        + " no part in it.";
  }
}
