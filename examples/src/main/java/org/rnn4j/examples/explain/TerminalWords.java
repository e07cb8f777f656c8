package org.rnn4j.examples.explain;

import java.util.List;
import java.util.Locale;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.examples.terminal.Terminal;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Piece;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;

/**
 * Shows explained texts in a terminal: the text on backgrounds of its weights, beneath it the words
 * of the greatest weights with numbers and bars, so that nothing hangs on seeing colours. Unknown
 * words are underlined, what was not read is faint.
 */
public final class TerminalWords {
  private static final int STRONGEST = 8;
  private static final int WIDEST_BAR = 30;
  private static final int BESIDE_BAR = 34;
  private static final String UNDERLINED = "4";
  private static final String FAINT = "2";

  private final Terminal terminal;

  /** Shows texts in a terminal. */
  public TerminalWords(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The explanation as lines. */
  public String show(Explanation explanation) {
    StringBuilder shown = new StringBuilder();
    String label = Wording.printable(explanation.prediction().label());
    shown.append(
        String.format(Locale.ROOT, "%s  %.4f%n%n", label, explanation.prediction().probability()));
    double greatest = Wording.greatest(explanation);
    double full = Wording.fullColour(explanation);
    for (Piece piece : explanation.pieces()) {
      shown.append(terminal.styled(Wording.printable(piece.text()), codes(piece, full)));
    }
    shown.append(String.format("%n%n"));
    List<TokenWeight> strongest = explanation.strongest(STRONGEST);
    for (TokenWeight token : strongest) {
      shown.append(line(explanation, token, greatest));
    }
    if (!strongest.isEmpty()) {
      wrap(shown, Wording.strongest(explanation, strongest.size()));
      wrap(shown, Wording.meaning(explanation.method()));
    }
    wrap(shown, Wording.unread(explanation));
    return shown.toString();
  }

  /** Appends a sentence as lines that end between words. */
  private void wrap(StringBuilder shown, String sentence) {
    int column = 0;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = column + 1 + word.length() <= terminal.columns();
      shown.append(column == 0 ? "" : fits ? " " : System.lineSeparator()).append(word);
      column = column == 0 || !fits ? word.length() : column + 1 + word.length();
    }
    shown.append(sentence.isEmpty() ? "" : System.lineSeparator());
  }

  /** The codes that colour a piece, empty for none. */
  private static String codes(Piece piece, double full) {
    if (!piece.isRead()) {
      return Wording.isUnread(piece) ? FAINT : "";
    }
    boolean unknown = piece.tokens().stream().anyMatch(t -> t.reading() == Reading.UNKNOWN);
    String line = unknown ? UNDERLINED : "";
    Shade shade = Shade.of(piece.weight() / full);
    Colour colour = Colour.of(shade);
    if (!shade.isSeen() || colour.indexed() == Colour.WHITE.indexed()) {
      return line; // white would shine on a dark terminal
    }
    String background = "48;5;" + colour.indexed() + ";38;5;" + colour.ink().indexed();
    return line.isEmpty() ? background : line + ";" + background;
  }

  private String line(Explanation explanation, TokenWeight token, double greatest) {
    int widest = Math.max(10, Math.min(WIDEST_BAR, terminal.columns() - BESIDE_BAR));
    double share = token.weight() / greatest;
    int length = (int) Math.round(Math.abs(share) * widest);
    String bar =
        terminal.styled(
            "█".repeat(length), "38;5;" + Colour.of(Shade.of(Math.signum(share))).indexed());
    String reading = Wording.reading(token.reading());
    return String.format(
        Locale.ROOT,
        "%9s  %s%s  %s%s%n",
        Wording.weight(token.weight(), explanation.method()),
        bar,
        " ".repeat(widest - length),
        token.token().text(),
        reading.isEmpty() ? "" : " (" + reading + ")");
  }
}
