package org.rnn4j.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class ColourScaleTest {

  @Test
  void what_is_written_on_any_colour_can_be_read() {
    for (int i = -100; i <= 100; i++) {
      Colour colour = ColourScale.of(i / 100.0);
      assertThat(colour.contrast(colour.ink())).as("%d", i).isGreaterThan(4.5);
    }
    assertThat(Colour.WHITE.contrast(Colour.BLACK)).isCloseTo(21, within(1e-9));
  }

  @Test
  void the_scale_goes_from_orange_over_white_to_blue() {
    assertThat(ColourScale.of(1).css()).isEqualTo("#0072b2");
    assertThat(ColourScale.of(0).css()).isEqualTo("#ffffff");
    assertThat(ColourScale.of(-1).css()).isEqualTo("#d55e00");
    assertThat(ColourScale.of(0.5)).isEqualTo(new Colour(128, 185, 217));
    assertThat(ColourScale.of(7)).isEqualTo(ColourScale.of(1));
    assertThat(ColourScale.of(-7)).isEqualTo(ColourScale.of(-1));
    assertThat(ColourScale.isSeen(-0.04)).isTrue();
    assertThat(ColourScale.isSeen(0.03)).isFalse();
  }

  @Test
  void colours_have_their_nearest_neighbour_in_the_cube_of_a_terminal() {
    assertThat(Colour.BLACK.indexed()).isEqualTo(16);
    assertThat(Colour.WHITE.indexed()).isEqualTo(231);
    assertThat(new Colour(0, 95, 175).indexed()).isEqualTo(16 + 6 + 3);
    assertThat(ColourScale.of(1).indexed()).isEqualTo(16 + 6 + 3);
    assertThat(ColourScale.of(-1).indexed()).isEqualTo(16 + 36 * 4 + 6);
  }
}
