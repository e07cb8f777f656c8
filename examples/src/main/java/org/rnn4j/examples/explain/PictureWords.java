package org.rnn4j.examples.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rnn4j.examples.chart.WordPicture;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.Explanation.Piece;

/** An explained text as a picture. */
public final class PictureWords {
  private static final int STRONGEST = 5;

  private PictureWords() {}

  /** The prediction, and the text on its colours; what was not read is pale. */
  public static Picture picture(Explanation explanation) {
    double full = Wording.fullColour(explanation);
    List<WordPicture.Word> words = new ArrayList<>();
    for (Piece piece : explanation.pieces()) {
      if (!piece.text().isBlank()) {
        Shade shade = Shade.of(piece.weight() / full);
        for (String word : piece.text().strip().split("\\s+")) {
          words.add(new WordPicture.Word(word, shade, piece.isRead()));
        }
      }
    }
    return WordPicture.of(
        Wording.verdict(explanation),
        words,
        explanation.method() == Method.OCCLUSION,
        description(explanation));
  }

  private static String description(Explanation explanation) {
    String strongest =
        explanation.strongest(STRONGEST).stream()
            .map(
                token ->
                    token.token().text()
                        + " "
                        + Wording.weight(token.weight(), explanation.method()))
            .collect(Collectors.joining(", "));
    return strongest.isEmpty()
        ? Wording.unread(explanation)
        : "Words with the greatest weights: " + strongest + ".";
  }
}
