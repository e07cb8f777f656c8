package org.rnn4j.examples.chart;

import java.util.List;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * A text with the weight of each word as the shade of its background. Where some words speak for
 * something and others against it, they have a solid or a dashed line below as well.
 */
public final class WordPicture {
  private static final double SIZE = 18;
  private static final double ROW = 36;
  private static final double PADDING = 5;
  private static final double GAP = 4;

  /**
   * A word on its background.
   *
   * @param word as it stands in the text
   * @param shade its weight
   * @param read whether it was read at all; otherwise it is pale
   */
  public record Word(String word, Shade shade, boolean read) {}

  private WordPicture() {}

  /**
   * Draws a text.
   *
   * @param title what was judged of it, for instance
   * @param words in the order of the text
   * @param signed whether weights have a sign
   * @param description which words have the greatest weights
   */
  public static Picture of(String title, List<Word> words, boolean signed, String description) {
    Sheet sheet = new Sheet(title);
    Legend legend = new Legend();
    if (words.stream().noneMatch(Word::read)) {
      legend.note("no words were read");
    } else if (signed) {
      legend.line("speaks for it", line(Ink.BLUE)).line("speaks against it", line(Ink.VERMILION));
    }
    sheet.legend(legend);
    double x = Sheet.MARGIN;
    double y = sheet.y();
    for (Word word : words) {
      String shown = TextWidth.fit(word.word(), SIZE, false, Sheet.INNER - 2 * PADDING);
      double width = TextWidth.of(shown, SIZE, false) + 2 * PADDING;
      if (x > Sheet.MARGIN && x + width > Sheet.MARGIN + Sheet.INNER) {
        x = Sheet.MARGIN;
        y += ROW;
      }
      double height = ROW - 2 * GAP;
      if (word.read() && word.shade().isSeen()) {
        shade(sheet.canvas(), word.shade(), signed, x, y, width, height);
      }
      Ink ink = word.read() ? Ink.TEXT : Ink.MUTED;
      sheet.canvas().text(x + PADDING, y + 0.72 * height, shown, SIZE, Anchor.START, ink);
      x += width + GAP;
    }
    sheet.skip(words.isEmpty() ? 0 : y + ROW + GAP - sheet.y());
    return sheet.picture(description);
  }

  private static void shade(
      Canvas canvas, Shade shade, boolean signed, double x, double y, double width, double height) {
    canvas.box(x, y, width, height, shade.ink(), shade.opacity());
    if (signed) {
      canvas.line(x, y + height, x + width, y + height, line(shade.ink()));
    }
  }

  private static Stroke line(Ink ink) {
    Stroke stroke = Stroke.of(ink, 3);
    return ink == Ink.BLUE ? stroke : stroke.dash(Dash.DASHED);
  }
}
