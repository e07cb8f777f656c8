package org.rnn4j.examples.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.testing.RunsOnce;
import org.w3c.dom.Element;

@RunsOnce
class PictureTest {
  @TempDir Path folder;

  @Test
  void svg_is_xml_with_the_texts_as_texts() throws Exception {
    Canvas canvas = new Canvas(100);
    canvas.text(10, 20, "a < b & \"c\"\u0007", 15, Anchor.START, Ink.TEXT);
    Picture picture = canvas.picture(50, "what <it> shows", "what is seen");

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(picture.svg().getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 100 50");
    assertThat(root.getAttribute("aria-label")).isEqualTo("what <it> shows. what is seen");
    assertThat(root.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("a < b & \"c\"\uFFFD");
  }

  @Test
  void every_element_is_seen_in_both_formats() throws IOException {
    Canvas canvas = new Canvas(100);
    canvas.box(0, 0, 20, 20, Ink.GREEN, 1);
    canvas.line(30, 10, 50, 10, Stroke.of(Ink.BLUE, 4).dash(Dash.FULL));
    canvas.mark(Mark.CIRCLE, new Point(70, 10), 6, Ink.VERMILION);
    canvas.ring(new Point(70, 40), 6, Stroke.of(Ink.PURPLE, 4).dash(Dash.DASHED));
    Picture picture = canvas.picture(60, "title", "description");

    BufferedImage image = picture.image(1);

    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(rgb(image, 10, 10)).isEqualTo(Ink.GREEN.rgb());
    assertThat(rgb(image, 40, 10)).isEqualTo(Ink.BLUE.rgb());
    assertThat(rgb(image, 70, 10)).isEqualTo(Ink.VERMILION.rgb());
    assertThat(rgb(image, 90, 50)).isEqualTo(Ink.PAPER.rgb());
    assertThat(picture.svg())
        .contains("<path d=\"M0 0L20 0L20 20L0 20Z\" class=\"ink-green\" fill=\"#009e73\"/>")
        .contains(
            "<path d=\"M30 10L50 10\" fill=\"none\" class=\"ink-blue-line\" stroke=\"#0072b2\""
                + " stroke-width=\"4\" stroke-linejoin=\"round\"/>")
        .contains("<circle cx=\"70\" cy=\"10\" r=\"6\" class=\"ink-vermilion\" fill=\"#d55e00\"/>")
        .contains("stroke-dasharray=\"7 4\"");
  }

  @Test
  void lengths_have_two_decimals_at_most() {
    Canvas canvas = new Canvas(100);
    canvas.line(1 / 3.0, -0.001, -2.5, 1.05, Stroke.of(Ink.TEXT, 1));

    assertThat(canvas.picture(10, "", "").svg()).contains("d=\"M0.33 0L-2.5 1.05\"");
  }

  @Test
  void a_file_is_svg_or_png_by_its_name_and_nothing_else() throws IOException {
    Picture picture = new Canvas(100).picture(50, "title", "description");

    picture.write(folder.resolve("a.svg"));
    picture.write(folder.resolve("a.PNG"));

    assertThat(folder.resolve("a.svg")).content().startsWith("<svg").endsWith("</svg>\n");
    assertThat(ImageIO.read(folder.resolve("a.PNG").toFile()).getWidth()).isEqualTo(200);
    assertThatThrownBy(() -> picture.write(folder.resolve("a.gif")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Expected a picture's file to end in .png or .svg, got ");
    assertThat(Files.exists(folder.resolve("a.gif"))).isFalse();
  }

  @Test
  void a_length_that_is_not_finite_is_refused() {
    Canvas canvas = new Canvas(100);
    canvas.line(0, 0, Double.NaN, 0, Stroke.of(Ink.TEXT, 1));
    Picture picture = canvas.picture(10, "", "");

    assertThatThrownBy(picture::svg)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a finite length in a picture, got NaN");
  }

  @Test
  void a_text_that_is_too_long_is_cut_and_fits() {
    String text = "a name that goes on and on";
    for (double width = 20; width < 200; width += 7) {
      String fitting = TextWidth.fit(text, 15, false, width);
      assertThat(TextWidth.of(fitting, 15, false)).isLessThanOrEqualTo(width + 1e-6);
      assertThat(fitting).endsWith("…");
    }
    assertThat(TextWidth.fit(text, 15, false, 1_000)).isEqualTo(text);
    assertThat(TextWidth.fit("😀😀", 10, false, 25)).isEqualTo("😀…");
    assertThat(TextWidth.fit(text, 15, false, 3)).isEmpty();
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }
}
