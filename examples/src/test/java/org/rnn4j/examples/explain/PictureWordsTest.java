package org.rnn4j.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.examples.draw.Element;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.testing.RunsOnce;
import org.rnn4j.text.explain.Explanation.Method;

/** Explained texts as pictures. */
@RunsOnce
class PictureWordsTest {

  @Test
  void a_picture_has_the_shades_of_the_page_on_the_words_of_the_text() {
    Picture picture = PictureWords.picture(WordsTest.MIXED);

    assertThat(picture.title()).isEqualTo("<neg> 75.0 %");
    assertThat(picture.description())
        .isEqualTo(
            "Words with the greatest weights: dull +2.0000, x -1.0000, ! +0.5000, so +0.0100,"
                + " great 0.0000.");
    assertThat(all(picture, Element.Text.class))
        .extracting(text -> text.text() + " " + text.ink())
        .containsSubsequence(
            "Cut MUTED", "dull TEXT", "<b>&\"'x</b> TEXT", "so TEXT", "so MUTED", "<br MUTED");
    assertThat(all(picture, Element.Area.class))
        .extracting(area -> area.ink() + " " + area.opacity())
        .containsExactly("BLUE 0.6", "VERMILION 0.3", "BLUE 0.15");
  }

  @Test
  void a_picture_of_a_text_of_which_nothing_was_read_says_so() {
    Picture picture = PictureWords.picture(WordsTest.explanation("", Method.ATTENTION));

    assertThat(picture.description()).startsWith("The network read no word");
    assertThat(all(picture, Element.Text.class))
        .extracting(Element.Text::text)
        .contains("no words were read");
  }

  private static <T> List<T> all(Picture picture, Class<T> kind) {
    return picture.elements().stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
