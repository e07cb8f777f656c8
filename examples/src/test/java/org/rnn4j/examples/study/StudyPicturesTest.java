package org.rnn4j.examples.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.chart.LearningCurves;
import org.rnn4j.examples.draw.Picture;

class StudyPicturesTest {
  private static LearningCurves.Curve curve(int model) {
    return new LearningCurves.Curve(
        "model " + model, List.of(0.7, 0.5), List.of(), List.of(0.5, 0.8), List.of(), 0);
  }

  @Test
  void more_designs_than_a_picture_has_colours_for_are_drawn_in_several() {
    List<LearningCurves.Curve> curves =
        IntStream.range(0, 16).mapToObj(StudyPicturesTest::curve).toList();
    List<LearningCurves.Curve> drawn = new ArrayList<>();

    List<Picture> pictures =
        StudyPictures.pictures(
            curves,
            part -> {
              drawn.addAll(part);
              return LearningCurves.picture(part);
            });

    assertThat(pictures).hasSize(3);
    assertThat(drawn).isEqualTo(curves);
    assertThat(StudyPictures.pictures(curves.subList(0, 7), LearningCurves::picture)).hasSize(1);
  }
}
