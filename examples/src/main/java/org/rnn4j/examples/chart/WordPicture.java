package org.rnn4j.examples.chart;

import java.util.List;
import org.rnn4j.examples.draw.Canvas;
import org.rnn4j.examples.draw.Dash;
import org.rnn4j.examples.draw.Element.Anchor;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Stroke;
import org.rnn4j.examples.draw.TextWidth;

/**
 * A text with the weight of each word. A word's background is the darker the greater its weight
 * beside the greatest; what speaks against the judgement has another colour and a dashed line below
 * it.
 */
public final class WordPicture {
  private static final double SIZE = 18;
  private static final double ROW = 36;
  private static final double PADDING = 5;
  private static final double GAP = 4;
  private static final double LEAST = 0.02;
  private static final double DARKEST = 0.6;

  /**
   * A word and its weight.
   *
   * @param word as it is read
   * @param weight above 0 what speaks for the judgement, below 0 what speaks against it; finite
   */
  public record Word(String word, double weight) {}

  private WordPicture() {}

  /**
   * Draws a text.
   *
   * @param title what was judged of it, for instance
   * @param words in the order of the text
   */
  public static Picture of(String title, List<Word> words) {
    Sheet sheet = new Sheet(title);
    double greatest = words.stream().mapToDouble(word -> Math.abs(word.weight())).max().orElse(0);
    boolean against = words.stream().anyMatch(word -> word.weight() < 0);
    if (words.isEmpty()) {
      sheet.legend(new Legend().note("no words were read"));
    } else if (against) {
      sheet.legend(
          new Legend()
              .line("speaks for it", underline(true))
              .line("speaks against it", underline(false)));
    }
    double x = Sheet.MARGIN;
    double y = sheet.y();
    for (Word word : words) {
      String shown = TextWidth.fit(word.word(), SIZE, false, Sheet.INNER - 2 * PADDING);
      double width = TextWidth.of(shown, SIZE, false) + 2 * PADDING;
      if (x > Sheet.MARGIN && x + width > Sheet.MARGIN + Sheet.INNER) {
        x = Sheet.MARGIN;
        y += ROW;
      }
      draw(sheet.canvas(), shown, greatest == 0 ? 0 : word.weight() / greatest, x, y, width);
      x += width + GAP;
    }
    sheet.skip(words.isEmpty() ? 0 : y + ROW + GAP - sheet.y());
    return sheet.picture(description(words));
  }

  private static void draw(
      Canvas canvas, String word, double share, double x, double y, double width) {
    double height = ROW - 2 * GAP;
    if (Math.abs(share) > LEAST) {
      Ink ink = share > 0 ? Ink.BLUE : Ink.VERMILION;
      canvas.box(x, y, width, height, ink, DARKEST * Math.abs(share));
      canvas.line(x, y + height, x + width, y + height, underline(share > 0));
    }
    canvas.text(x + PADDING, y + 0.72 * height, word, SIZE, Anchor.START, Ink.TEXT);
  }

  private static Stroke underline(boolean speaksFor) {
    return speaksFor ? Stroke.of(Ink.BLUE, 3) : Stroke.of(Ink.VERMILION, 3).dash(Dash.DOTTED);
  }

  private static String description(List<Word> words) {
    StringBuilder text = new StringBuilder("Words with the greatest weights: ");
    List<Word> ranked =
        words.stream()
            .sorted((a, b) -> Double.compare(Math.abs(b.weight()), Math.abs(a.weight())))
            .limit(5)
            .toList();
    for (int i = 0; i < ranked.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append(ranked.get(i).word())
          .append(' ')
          .append(Digits.fixed(ranked.get(i).weight(), 3));
    }
    return ranked.isEmpty() ? "There are no words." : text.append('.').toString();
  }
}
