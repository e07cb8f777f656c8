package org.rnn4j.examples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TuneMethod;
import org.rnn4j.examples.report.Block;
import org.rnn4j.examples.report.Section;
import org.rnn4j.tune.Configuration;
import org.rnn4j.tune.Dimension;
import org.rnn4j.tune.Randomised;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Space;

class SearchSectionsTest {
  private static final Space SPACE = Space.of(Dimension.choice("units", 8, 16, 32));
  private static final Configuration KNOWN = SPACE.configuration(Map.of("units", 16));

  /** What a report says of a search that began with 16 units, given their scores. */
  private static String said(double... scores) throws InterruptedException {
    SearchResult result =
        Search.over(SPACE)
            .method(new Randomised(2))
            .folds(3)
            .first(KNOWN)
            .run(
                (configuration, fold, budget, seed) ->
                    configuration.equals(KNOWN)
                        ? scores[fold]
                        : (70 + configuration.whole("units") + fold * fold) / 128.0);
    Section section =
        SearchSections.of(
                new StudySearch.Found(
                    List.of(new StudySearch.Stage("sizes", TuneMethod.RANDOM, SPACE)),
                    List.of(result),
                    Design.standard()))
            .get(0);
    List<String> paragraphs = new ArrayList<>();
    for (Block block : section.blocks()) {
      if (block instanceof Block.Paragraph paragraph) {
        paragraphs.add(paragraph.text());
      }
    }
    return String.join("\n", paragraphs);
  }

  @Test
  void the_best_is_held_against_the_design_that_the_search_began_with() throws Exception {
    // The best has 102, 103 and 106 of 128: 6, 4 and 5 more.
    assertThat(said(96 / 128.0, 99 / 128.0, 101 / 128.0))
        .contains("The design that the search began with, number 0, is right in 77.1 %")
        .contains("the best has 3.91 points more, with a standard error of 0.45.");
    assertThat(said(1, 1, 1)).contains("It is the design that the search began with.");
  }

  @Test
  void of_a_design_that_failed_is_said_why_and_no_folds_are_mixed_up() throws Exception {
    assertThat(said(Double.NaN, 0.5, 0.5))
        .contains(
            "The design that the search began with failed: fold 1: expected a finite score, got"
                + " NaN. It was chosen")
        .doesNotContain("points more");
  }
}
