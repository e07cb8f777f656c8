package org.rnn4j.examples.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.Explanation.Piece;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;

/**
 * Explained texts as HTML: a {@link #page} of its own that asks for nothing from elsewhere, or a
 * {@link #fragment} for any page that has the {@link #style}. Each word's number stands in its
 * title and the greatest in a table, so that nothing hangs on seeing colours. Whatever a text holds
 * is shown, and never read as HTML.
 */
public final class HtmlWords {
  private static final int STRONGEST = 8;

  /**
   * How much of the full colour is behind a word: on all of it, black is easier to read than white.
   */
  private static final double DEEPEST = 0.8;

  private static final String STYLE =
      """
      .words { margin: 0 0 2.5rem; }
      .words-verdict { margin: 0 0 .4rem; font-size: 1.1rem; overflow-wrap: anywhere; }
      .words-text { margin: 0 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; line-height: 1.9; }
      .words-text span { border-radius: .2em; padding: .1em 0; }
      .words-text .words-unknown { text-decoration: underline dotted; text-underline-offset: .2em; }
      .words-text .words-unread { color: #666; font-style: italic; }
      .words-strongest { border-collapse: collapse; width: 100%; max-width: 40rem; font-size: .9rem; }
      .words-strongest th, .words-strongest td { text-align: left; padding: .15rem .6rem .15rem 0; font-weight: normal; }
      .words-strongest td:first-child { text-align: right; width: 5rem; font-variant-numeric: tabular-nums; }
      .words-strongest th:first-child { text-align: right; }
      .words-strongest td:nth-child(2) { width: 40%; }
      .words-strongest td:last-child { overflow-wrap: anywhere; unicode-bidi: isolate; }
      .words-bar { display: block; height: .8em; border-radius: .15em; min-width: 1px; }
      .words-note, .words-legend p { margin: .6rem 0 0; font-size: .85rem; color: #444; }
      .words-legend { max-width: 40rem; margin: 0 0 2rem; }
      .words-scale { height: 1em; border: 1px solid #999; border-radius: .2em; }
      .words-ends { display: flex; justify-content: space-between; font-size: .85rem; }
      """;

  private static final String PAGE_STYLE =
      """
      body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: #111; background: #fff; }
      h1 { font-size: 1.4rem; }
      """;

  private HtmlWords() {}

  /** The rules of style that fragments and legends need; all names begin with {@code words}. */
  public static String style() {
    return STYLE;
  }

  /** A whole page of explained texts, with a legend for each method they were explained by. */
  public static String page(String title, List<Explanation> explanations) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(escaped(title)).append("</title>\n<style>\n");
    page.append(PAGE_STYLE).append(STYLE).append("</style>\n</head>\n<body>\n<h1>");
    page.append(escaped(title)).append("</h1>\n");
    Set<Method> methods = new LinkedHashSet<>();
    explanations.forEach(explanation -> methods.add(explanation.method()));
    methods.forEach(method -> page.append(legend(method)));
    explanations.forEach(explanation -> page.append(fragment(explanation)));
    return page.append("</body>\n</html>\n").toString();
  }

  /** What the colours mean. */
  public static String legend(Method method) {
    boolean signed = method == Method.OCCLUSION;
    List<String> stops = new ArrayList<>();
    for (int tenth = signed ? -10 : 0; tenth <= 10; tenth += signed ? 5 : 10) {
      stops.add(behind(tenth / 10.0).css());
    }
    return "<div class=\"words-legend\">\n<div class=\"words-scale\" style=\"background:"
        + "linear-gradient(to right,"
        + String.join(",", stops)
        + ")\"></div>\n<div class=\"words-ends\">"
        + (signed
            ? "<span>- against the class</span><span>for the class +</span>"
            : "<span>little attention</span><span>much attention</span>")
        + "</div>\n<p>The strongest word of each text has the full colour"
        + (signed ? "" : ", unless its words get nearly even shares: then all are pale")
        + ". Dotted underline: a word"
        + " that the network does not know. Grey italics: not read.</p>\n</div>\n";
  }

  /** One text: the prediction, the text on its colours, and the words of the greatest weights. */
  public static String fragment(Explanation explanation) {
    double greatest = Wording.greatest(explanation);
    double full = Wording.fullColour(explanation);
    StringBuilder html = new StringBuilder("<div class=\"words\">\n<p class=\"words-verdict\"><b>");
    html.append(escaped(explanation.prediction().label()));
    html.append(
        String.format(
            Locale.ROOT, "</b> %.1f %%</p>\n", 100 * explanation.prediction().probability()));
    html.append("<p class=\"words-text\" dir=\"auto\">");
    for (Piece piece : explanation.pieces()) {
      append(html, piece, explanation.method(), full);
    }
    html.append("</p>\n");
    List<TokenWeight> strongest = explanation.strongest(STRONGEST);
    if (!strongest.isEmpty()) {
      html.append("<table class=\"words-strongest\">\n");
      html.append("<tr><th>weight</th><th></th><th>word</th></tr>\n");
      strongest.forEach(token -> html.append(row(token, explanation.method(), greatest)));
      html.append("</table>\n<p class=\"words-note\">");
      html.append(escaped(Wording.strongest(explanation, strongest.size())));
      html.append(escaped(Wording.meaning(explanation))).append("</p>\n");
    }
    String unread = Wording.unread(explanation);
    if (!unread.isEmpty()) {
      html.append("<p class=\"words-note\">").append(escaped(unread)).append("</p>\n");
    }
    return html.append("</div>\n").toString();
  }

  private static void append(StringBuilder html, Piece piece, Method method, double full) {
    boolean unread = Wording.isUnread(piece);
    if (piece.tokens().isEmpty()) {
      String text = escaped(piece.text());
      html.append(unread ? "<span class=\"words-unread\">" + text + "</span>" : text);
      return;
    }
    List<String> titles = new ArrayList<>();
    for (TokenWeight token : piece.tokens()) {
      String reading = Wording.reading(token.reading());
      titles.add(
          token.token().text()
              + (token.isRead() ? ": " + Wording.weight(token.weight(), method) : "")
              + (reading.isEmpty() ? "" : ", " + reading));
    }
    boolean unknown = piece.tokens().stream().anyMatch(t -> t.reading() == Reading.UNKNOWN);
    String name = unread ? "words-unread" : unknown ? "words-unknown" : "";
    html.append("<span");
    html.append(name.isEmpty() ? "" : " class=\"" + name + "\"");
    double share = piece.weight() / full;
    if (piece.isRead() && ColourScale.isSeen(share)) {
      Colour colour = behind(share);
      html.append(
          String.format(
              Locale.ROOT, " style=\"background:%s;color:%s\"", colour.css(), colour.ink().css()));
    }
    html.append(" title=\"").append(escaped(String.join("; ", titles))).append("\">");
    html.append(escaped(piece.text())).append("</span>");
  }

  private static Colour behind(double share) {
    return ColourScale.of(DEEPEST * Math.max(-1, Math.min(1, share)));
  }

  private static String row(TokenWeight token, Method method, double greatest) {
    double share = token.weight() / greatest;
    String reading = Wording.reading(token.reading());
    return String.format(
        Locale.ROOT,
        "<tr><td>%s</td><td><span class=\"words-bar\" style=\"width:%.1f%%;background:%s\"></span>"
            + "</td><td>%s%s</td></tr>\n",
        Wording.weight(token.weight(), method),
        100 * Math.abs(share),
        ColourScale.of(Math.signum(share)).css(),
        escaped(token.token().text()),
        reading.isEmpty() ? "" : " <i>(" + reading + ")</i>");
  }

  /** A text as the content of an element or an attribute in quotation marks. */
  private static String escaped(String text) {
    return Wording.printable(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
