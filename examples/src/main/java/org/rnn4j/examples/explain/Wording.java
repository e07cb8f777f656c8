package org.rnn4j.examples.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;

/** What is said of weights, in a terminal, in HTML and in pictures alike. */
final class Wording {
  private static final double EVEN_SHARES = 4;
  private static final int REPLACEMENT = 0xFFFD;

  private Wording() {}

  /** A weight with four decimals, and its sign where one means something. */
  static String weight(double weight, Method method) {
    double rounded = Math.rint(weight * 1e4) / 1e4 + 0.0; // + 0.0 makes 0 of −0
    boolean signed = method == Method.OCCLUSION && rounded != 0;
    return String.format(Locale.ROOT, signed ? "%+.4f" : "%.4f", rounded);
  }

  /**
   * The greatest weight of a piece of the text or of a token, regardless of its sign; 1 for none.
   */
  static double greatest(Explanation explanation) {
    double greatest = 0;
    for (Explanation.Piece piece : explanation.pieces()) {
      greatest = Math.max(greatest, Math.abs(piece.weight()));
      for (TokenWeight token : piece.tokens()) {
        greatest = Math.max(greatest, Math.abs(token.weight()));
      }
    }
    return greatest == 0 ? 1 : greatest;
  }

  /**
   * The weight that has the full colour: the greatest, of attention at least {@value #EVEN_SHARES}
   * times an even share, so that a text whose words all count alike is evenly pale.
   */
  static double fullColour(Explanation explanation) {
    long read = explanation.tokens().stream().filter(TokenWeight::isRead).count();
    return explanation.method() == Method.ATTENTION && read > 0
        ? Math.max(greatest(explanation), EVEN_SHARES / read)
        : greatest(explanation);
  }

  /** Which words have a bar. */
  static String strongest(Explanation explanation, int bars) {
    long read = explanation.tokens().stream().filter(TokenWeight::isRead).count();
    return bars < read
        ? "The " + bars + " words of the greatest weight, of " + read + " that were read."
        : "All words that were read, those of the greatest weight first.";
  }

  /** What the network saw of a token, where it was not the token itself; otherwise empty. */
  static String reading(Reading reading) {
    return switch (reading) {
      case KNOWN -> "";
      case UNKNOWN -> "read as an unknown word";
      case LEFT_OUT -> "not read: left out";
      case CUT_OFF -> "not read: cut off";
    };
  }

  /** Whether a piece of the text is more than the space between words, and was not read. */
  static boolean isUnread(Explanation.Piece piece) {
    return !piece.isRead() && !piece.text().isBlank();
  }

  /** The class that was judged, and how probable it is. */
  static String verdict(Explanation explanation) {
    return explanation.prediction().label()
        + " "
        + Digits.percent(explanation.prediction().probability(), 1);
  }

  /** What the weights are. */
  static String meaning(Method method) {
    return switch (method) {
      case ATTENTION ->
          "Attention: how much of the state at each word went into the network's summary of the"
              + " text. It does not say for which class a word speaks.";
      case OCCLUSION ->
          "Occlusion: how far the log-odds of the class fall when the word alone is left out. Words"
              + " with + speak for it, with - against it.";
    };
  }

  /** How many tokens were not read, in a sentence; empty if all were. */
  static String unread(Explanation explanation) {
    long cut = count(explanation, Reading.CUT_OFF);
    long left = count(explanation, Reading.LEFT_OUT);
    if (explanation.tokens().size() == cut + left) {
      return "The network read no word: this is what it says without evidence.";
    }
    List<String> parts = new ArrayList<>();
    if (cut > 0) {
      parts.add(cut + " cut off");
    }
    if (left > 0) {
      parts.add(left + " left out");
    }
    return parts.isEmpty()
        ? ""
        : "Not read of "
            + explanation.tokens().size()
            + " words: "
            + String.join(", ", parts)
            + ".";
  }

  private static long count(Explanation explanation, Reading reading) {
    return explanation.tokens().stream().filter(token -> token.reading() == reading).count();
  }

  /**
   * A text in which nothing moves the cursor, colours or hides: control characters are replaced.
   */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' ? REPLACEMENT : c)
        .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
