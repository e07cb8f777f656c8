package org.rnn4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.examples.draw.Element;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class PicturesTest {
  private static final Map<String, Picture> PICTURES = PictureCases.all();
  private static final double ROUNDING = 1e-6;

  /** Of the SVG of all cases; where a picture is drawn otherwise on purpose, it is a new one. */
  private static final String DIGEST =
      "d307f7dd27f671e88cb2dabfd8fedc7c8a891cf3a03a479a961d207d6ce0d7f6";

  static Stream<String> cases() {
    return PICTURES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void no_text_touches_another_or_leaves_the_picture(String name) {
    Picture picture = PICTURES.get(name);
    List<Element.Text> texts = texts(picture);

    assertThat(texts).isNotEmpty();
    List<List<Point>> boxes = texts.stream().map(Element.Text::box).toList();
    for (int i = 0; i < texts.size(); i++) {
      List<Point> box = boxes.get(i);
      assertThat(inside(picture, box)).as(texts.get(i).text()).isTrue();
      for (int j = 0; j < i; j++) {
        if (overlap(box, boxes.get(j))) {
          fail("'%s' over '%s'", texts.get(i).text(), texts.get(j).text());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void all_texts_are_large_enough_to_be_read_at_800_pixels(String name) {
    assertThat(PICTURES.get(name).width()).isEqualTo(800);
    assertThat(texts(PICTURES.get(name))).allMatch(text -> text.size() >= 9);
    assertThat(texts(PICTURES.get(name)).stream().filter(text -> text.size() < 13))
        .as("texts below 13 pixels are the counts of many classes only")
        .allMatch(
            text -> text.text().matches("[0-9.]+[kM]?") && name.startsWith("confusion-twenty"));
  }

  @Test
  void the_same_data_give_the_same_bytes_on_every_machine() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    PictureCases.all()
        .values()
        .forEach(picture -> digest.update(picture.svg().getBytes(StandardCharsets.UTF_8)));

    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DIGEST);
  }

  @Test
  void the_ring_of_the_best_epoch_is_around_its_mark() {
    Picture picture =
        LearningCurves.picture(
            List.of(
                new LearningCurves.Curve(
                    "gru",
                    List.of(0.6, 0.5, 0.4),
                    List.of(0.6, 0.3, 0.5),
                    List.of(0.6, 0.7, 0.8),
                    List.of(0.6, 0.9, 0.7),
                    2)));

    List<Element.Ring> rings = elements(picture, Element.Ring.class);
    List<Element.Disc> discs = elements(picture, Element.Disc.class);
    // One in the legend, one for the loss, one for the accuracy.
    assertThat(rings).hasSize(3);
    assertThat(discs).extracting(Element.Disc::centre).contains(rings.get(1).centre());
    // Twice as far to the zero line as to the top of 0.6: a loss of 0.3, the least of all five.
    double lowest =
        discs.stream()
            .filter(disc -> disc.centre().x() < 400 && disc.centre().y() > 100)
            .mapToDouble(disc -> disc.centre().y())
            .max()
            .orElseThrow();
    assertThat(rings.get(1).centre().y()).isEqualTo(lowest);
    assertThat(picture.description())
        .contains("the best of 3 epochs, number 2, has a validation loss of 0.3")
        .contains("an accuracy of 90.0 %");
  }

  @Test
  void a_class_without_examples_is_named_as_undefined() {
    assertThat(texts(PICTURES.get("roc-absent")))
        .extracting(Element.Text::text)
        .contains("neutral: undefined, no examples");
    assertThat(PICTURES.get("confusion-absent").description()).contains("neutral: no examples.");
  }

  @Test
  void cells_of_a_confusion_matrix_are_as_dark_as_their_share_of_the_row() {
    Picture picture = ConfusionPicture.of(List.of("no", "yes"), new long[][] {{3, 1}, {0, 4}});

    assertThat(elements(picture, Element.Area.class))
        .extracting(Element.Area::opacity)
        .containsExactly(0.75, 0.25, 1.0);
    assertThat(texts(picture)).extracting(Element.Text::text).contains("75.0 %", "25.0 %");
    assertThat(
            texts(picture).stream()
                .filter(text -> text.ink() == Ink.INVERSE)
                .map(Element.Text::text))
        .containsExactly("4", "100.0 %");
  }

  @Test
  void the_best_so_far_of_a_search_never_gets_worse() {
    SearchScore loss = new SearchScore("loss", false, false);
    List<SearchTrial> trials = new ArrayList<>();
    for (double score : new double[] {0.5, 0.7, 0.4, Double.NaN, 0.6, 0.3}) {
      trials.add(new SearchTrial(trials.size() + 1, Map.of("n", trials.size()), score, 1));
    }

    Picture picture = SearchPictures.progress(trials, loss, "epochs");

    List<Point> best =
        elements(picture, Element.Line.class).stream()
            .map(Element.Line::points)
            .filter(points -> points.size() > 2)
            .findFirst()
            .orElseThrow();
    for (int i = 1; i < best.size(); i++) {
      assertThat(best.get(i).y()).isGreaterThanOrEqualTo(best.get(i - 1).y());
    }
    assertThat(picture.description())
        .isEqualTo("6 trials, 5 with a score. The best is number 6 with loss 0.3.");
  }

  @Test
  void a_setting_that_was_searched_by_its_logarithm_is_drawn_so() {
    SearchScore accuracy = new SearchScore("accuracy", true, true);
    List<SearchTrial> trials = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Map<String, Object> rate = Map.of("rate", StrictMath.pow(2, i));
      trials.add(new SearchTrial(i + 1, rate, 0.5 + 0.05 * i, 1));
    }

    for (boolean logarithmic : new boolean[] {true, false}) {
      Picture picture =
          SearchPictures.settings(
              trials,
              accuracy,
              Map.of("rate", logarithmic ? SettingRange.LOGARITHMIC : SettingRange.LINEAR));
      List<Double> steps = new ArrayList<>();
      // The first disc is that of the legend.
      List<Element.Disc> discs = elements(picture, Element.Disc.class);
      for (int i = 2; i < discs.size(); i++) {
        steps.add(discs.get(i).centre().x() - discs.get(i - 1).centre().x());
      }
      assertThat(steps).hasSize(7);
      for (int i = 1; i < steps.size(); i++) {
        assertThat(steps.get(i) / steps.get(i - 1)).isCloseTo(logarithmic ? 1 : 2, within(1e-6));
      }
    }
  }

  @Test
  void few_numbers_of_a_range_have_their_places_and_chosen_ones_stand_side_by_side() {
    SearchScore accuracy = new SearchScore("accuracy", true, true);
    List<SearchTrial> trials = new ArrayList<>();
    for (double dropout : new double[] {0, 0.1, 0.5}) {
      trials.add(new SearchTrial(trials.size(), Map.of("dropout", dropout), 0.6, 1));
    }

    for (boolean range : new boolean[] {true, false}) {
      Picture picture =
          SearchPictures.settings(
              trials, accuracy, range ? Map.of("dropout", SettingRange.LINEAR) : Map.of());
      List<Element.Disc> discs = elements(picture, Element.Disc.class);
      double first = discs.get(2).centre().x() - discs.get(1).centre().x();
      double second = discs.get(3).centre().x() - discs.get(2).centre().x();
      assertThat(second / first).isCloseTo(range ? 4 : 1, within(1e-6));
    }
  }

  @Test
  void settings_that_do_not_fit_side_by_side_stand_in_rows_of_about_as_many() {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (int i = 0; i < 9; i++) {
      settings.put("s" + i, i);
    }
    Map<String, Object> others = new LinkedHashMap<>(settings);
    others.replaceAll((name, value) -> 10);

    Picture picture =
        SearchPictures.parallel(
            List.of(new SearchTrial(1, settings, 0.5, 1), new SearchTrial(2, others, 0.6, 1)),
            new SearchScore("accuracy", true, true),
            Map.of());

    assertThat(texts(picture).stream().map(Element.Text::text).filter(PicturesTest::isName))
        .containsExactly(
            "s0", "s1", "s2", "s3", "accuracy", "s4", "s5", "s6", "s7", "s8", "accuracy");
  }

  private static boolean isName(String text) {
    return text.equals("accuracy") || text.matches("s[0-9]");
  }

  @Test
  void what_cannot_be_drawn_is_refused_and_says_what_was_expected() {
    assertThatThrownBy(() -> LearningCurves.picture(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected the curves of 1 to 7 models, got 0");
    assertThatThrownBy(() -> ConfusionPicture.of(List.of("a", "b"), new long[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 rows of as many counts, got [3]");
    assertThatThrownBy(() -> JudgementCurves.roc(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 1 to 28 curves, got 0");
    assertThatThrownBy(
            () -> DataPictures.classes(List.of("a", "b"), Map.of("training", new long[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 counts of training, got 1");
  }

  private static List<Element.Text> texts(Picture picture) {
    return elements(picture, Element.Text.class);
  }

  private static <T extends Element> List<T> elements(Picture picture, Class<T> kind) {
    return picture.elements().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static boolean inside(Picture picture, List<Point> box) {
    return box.get(0).x() >= -ROUNDING
        && box.get(0).y() >= -ROUNDING
        && box.get(1).x() <= picture.width() + ROUNDING
        && box.get(1).y() <= picture.height() + ROUNDING;
  }

  private static boolean overlap(List<Point> a, List<Point> b) {
    return a.get(0).x() < b.get(1).x() - ROUNDING
        && b.get(0).x() < a.get(1).x() - ROUNDING
        && a.get(0).y() < b.get(1).y() - ROUNDING
        && b.get(0).y() < a.get(1).y() - ROUNDING;
  }
}
