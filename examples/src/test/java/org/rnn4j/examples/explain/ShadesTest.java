package org.rnn4j.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.examples.testing.RunsOnce;

/** Shades of weights, on paper and in a terminal. */
@RunsOnce
class ShadesTest {

  @Test
  void what_is_written_on_any_shade_can_be_read() {
    for (int i = -100; i <= 100; i++) {
      Shade shade = Shade.of(i / 100.0);
      Colour inTerminal = Colour.of(shade);
      assertThat(inTerminal.contrast(inTerminal.ink())).as("%d", i).isGreaterThan(4.5);
      Colour onPaper = Colour.WHITE.mixedWith(Colour.of(Shade.of(Math.signum(i))), shade.opacity());
      int text = Ink.TEXT.rgb();
      assertThat(onPaper.contrast(new Colour(text >> 16, text >> 8 & 0xFF, text & 0xFF)))
          .as("%d", i)
          .isGreaterThan(4.5);
    }
    assertThat(Colour.WHITE.contrast(Colour.BLACK)).isCloseTo(21, within(1e-9));
  }

  @Test
  void shades_go_from_vermilion_over_white_to_blue() {
    assertThat(Colour.of(Shade.of(1))).isEqualTo(new Colour(0x00, 0x72, 0xB2));
    assertThat(Colour.of(Shade.of(0))).isEqualTo(Colour.WHITE);
    assertThat(Colour.of(Shade.of(-1))).isEqualTo(new Colour(0xD5, 0x5E, 0x00));
    assertThat(Colour.of(Shade.of(0.5))).isEqualTo(new Colour(128, 185, 217));
    assertThat(Shade.of(7)).isEqualTo(Shade.of(1)).isEqualTo(new Shade(Ink.BLUE, 1));
    assertThat(Shade.of(-7)).isEqualTo(Shade.of(-1)).isEqualTo(new Shade(Ink.VERMILION, 1));
    assertThat(Shade.of(-0.04).isSeen()).isTrue();
    assertThat(Shade.of(0.03).isSeen()).isFalse();
  }

  @Test
  void colours_have_their_nearest_neighbour_in_the_cube_of_a_terminal() {
    assertThat(Colour.BLACK.indexed()).isEqualTo(16);
    assertThat(Colour.WHITE.indexed()).isEqualTo(231);
    assertThat(new Colour(0, 95, 175).indexed()).isEqualTo(16 + 6 + 3);
    assertThat(Colour.of(Shade.of(1)).indexed()).isEqualTo(16 + 6 + 3);
    assertThat(Colour.of(Shade.of(-1)).indexed()).isEqualTo(16 + 36 * 4 + 6);
  }
}
