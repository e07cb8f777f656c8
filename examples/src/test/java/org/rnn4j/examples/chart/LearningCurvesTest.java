package org.rnn4j.examples.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
  private static final int BLUE = 0x0072B2;
  private static final int VERMILION = 0xD55E00;

  @TempDir Path folder;

  @Test
  void the_picture_shows_every_model_in_its_colour_in_both_halves() throws IOException {
    Path file = folder.resolve("curves.png");

    LearningCurves.write(
        List.of(curve("twitter-gru", 8, 1.0), curve("twitter-lstm", 12, 0.7)), file);

    BufferedImage picture = ImageIO.read(file.toFile());
    assertThat(picture.getWidth()).isEqualTo(1600);
    assertThat(picture.getHeight()).isEqualTo(880);
    for (int colour : new int[] {BLUE, VERMILION}) {
      assertThat(pixels(picture, 0, 800, colour)).isGreaterThan(500);
      assertThat(pixels(picture, 800, 1600, colour)).isGreaterThan(500);
    }
  }

  @Test
  void one_epoch_without_validation_can_be_drawn() throws IOException {
    Path file = folder.resolve("one.png");

    LearningCurves.write(
        List.of(
            new LearningCurves.Curve(
                "twitter-gru", List.of(0.7), List.of(), List.of(0.5), List.of())),
        file);

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(1600);
  }

  @Test
  void nothing_to_draw_is_refused_and_writes_nothing() {
    Path file = folder.resolve("none.png");

    assertThatThrownBy(() -> LearningCurves.write(List.of(), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 4 models, got 0");
    assertThat(file).doesNotExist();
  }

  private static LearningCurves.Curve curve(String name, int epochs, double speed) {
    return new LearningCurves.Curve(
        name,
        values(epochs, i -> 0.7 / (1 + Math.exp(speed * (i - 3)))),
        values(epochs, i -> 0.03 + 0.68 / (1 + Math.exp(speed * (i - 2.8)))),
        values(epochs, i -> 1 - 0.5 / (1 + Math.exp(speed * (i - 3)))),
        values(epochs, i -> 0.99 - 0.5 / (1 + Math.exp(speed * (i - 2.8)))));
  }

  private static List<Double> values(int count, IntToDoubleFunction value) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value.applyAsDouble(i));
    }
    return values;
  }

  private static int pixels(BufferedImage picture, int from, int to, int colour) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = from; x < to; x++) {
        if ((picture.getRGB(x, y) & 0xFFFFFF) == colour) {
          count++;
        }
      }
    }
    return count;
  }
}
