package org.rnn4j.examples.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rnn4j.examples.draw.Ink;
import org.rnn4j.examples.draw.Markup;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.Explanation.Piece;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;

/**
 * Explained texts as HTML: a {@link #page} of its own that asks for nothing from elsewhere, or a
 * {@link #fragment} for any page that has the {@link #style}. Each word's number stands in its
 * title and the greatest in a table, and the sign is a line below the word too, so that nothing
 * hangs on seeing colours. Whatever a text holds is shown, and never read as HTML. Pages may be
 * light or dark.
 */
public final class HtmlWords {
  private static final int STRONGEST = 8;

  private static final String STYLE =
      """
      :root { --words-for: 0, 114, 178; --words-against: 213, 94, 0; }
      .words { margin: 0 0 2rem; }
      .words-text { margin: 0 0 .8rem; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; line-height: 2; }
      .words-text span { border-radius: .2em; padding: .1em 0; }
      .words-for { background: rgba(var(--words-for), var(--weight)); }
      .words-against { background: rgba(var(--words-against), var(--weight)); }
      .words-signed .words-for { border-bottom: 2px solid rgb(var(--words-for)); }
      .words-signed .words-against { border-bottom: 2px dashed rgb(var(--words-against)); }
      .words-text .words-unknown { text-decoration: underline dotted; text-underline-offset: .2em; }
      .words-text .words-unread { opacity: .75; font-style: italic; }
      .words-strongest { border-collapse: collapse; width: 100%; max-width: 40rem; margin: 0; font-size: .9rem; }
      .words-strongest caption { text-align: left; font-weight: normal; padding: 0; }
      .words-strongest th, .words-strongest td { text-align: left; padding: .15rem .6rem .15rem 0; font-weight: normal; border: 0; }
      .words-strongest td:first-child, .words-strongest th:first-child { text-align: right; width: 5rem; font-variant-numeric: tabular-nums; }
      .words-strongest td:nth-child(2) { width: 40%; vertical-align: middle; }
      .words-strongest td:last-child { overflow-wrap: anywhere; unicode-bidi: isolate; min-width: 0; }
      .words-bar { display: block; height: .8em; border-radius: .15em; min-width: 1px; }
      .words-note, .words-legend p { margin: .6rem 0 0; font-size: .9rem; }
      .words-legend { max-width: 40rem; margin: 0 0 2rem; }
      .words-scale { height: 1em; border: 1px solid #999; border-radius: .2em; background: linear-gradient(to right, transparent, rgba(var(--words-for), var(--weight))); }
      .words-scale.words-signed { background: linear-gradient(to right, rgba(var(--words-against), var(--weight)), transparent, rgba(var(--words-for), var(--weight))); }
      .words-ends { display: flex; justify-content: space-between; font-size: .9rem; }
      @media screen and (prefers-color-scheme: dark) {
        :root { --words-for: 64, 156, 214; --words-against: 230, 120, 40; }
      }
      """;

  private static final String PAGE_STYLE =
      """
      :root { color-scheme: light dark; }
      body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.4rem; }
      h2 { font-size: 1.1rem; margin: 0 0 .4rem; overflow-wrap: anywhere; }
      """;

  private HtmlWords() {}

  /** The rules of style that fragments and legends need; all names begin with {@code words}. */
  public static String style() {
    return STYLE;
  }

  /** A whole page of explained texts, with a legend for each method they were explained by. */
  public static String page(String title, List<Explanation> explanations) {
    Markup page = new Markup();
    page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").raw("\n").open("head").raw("\n");
    page.raw("<meta charset=\"utf-8\">\n");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.element("title", title).open("style").raw("\n").raw(PAGE_STYLE).raw(STYLE);
    page.close("style").close("head").open("body").raw("\n").element("h1", title);
    Set<Method> methods = new LinkedHashSet<>();
    explanations.forEach(explanation -> methods.add(explanation.method()));
    methods.forEach(method -> page.raw(legend(method)));
    for (Explanation explanation : explanations) {
      page.element("h2", Wording.verdict(explanation)).raw(fragment(explanation));
    }
    return page.close("body").close("html").toString();
  }

  /** What the colours mean. */
  public static String legend(Method method) {
    boolean signed = method == Method.OCCLUSION;
    Markup html = new Markup().open("div", "class", "words-legend").raw("\n");
    html.open("div", "class", "words-scale" + signed(method), "style", weight(Shade.of(1)));
    html.close("div").open("div", "class", "words-ends");
    html.element("span", signed ? "- against the class" : "little attention");
    html.element("span", signed ? "for the class +" : "much attention").close("div");
    html.element("p", Wording.meaning(method));
    html.element(
        "p",
        "The strongest word of each text has the full colour"
            + (signed
                ? "; what speaks for the class has a solid line below, what speaks against it a"
                    + " dashed one"
                : ", unless its words get nearly even shares: then all are pale")
            + ". Dotted underline: a word that the network does not know. Pale italics: not read.");
    return html.close("div").toString();
  }

  /** One text on its colours, and the words of the greatest weights. */
  public static String fragment(Explanation explanation) {
    Method method = explanation.method();
    Markup html = new Markup().open("div", "class", "words").raw("\n");
    html.open("p", "class", "words-text" + signed(method), "dir", "auto");
    double full = Wording.fullColour(explanation);
    for (Piece piece : explanation.pieces()) {
      append(html, piece, method, full);
    }
    html.close("p");
    List<TokenWeight> strongest = explanation.strongest(STRONGEST);
    if (!strongest.isEmpty()) {
      double greatest = Wording.greatest(explanation);
      html.open("table", "class", "words-strongest").raw("\n");
      html.element("caption", Wording.strongest(explanation, strongest.size()));
      html.raw("<tr><th>weight</th><th></th><th>word</th></tr>\n");
      strongest.forEach(token -> row(html, token, method, greatest));
      html.close("table");
    }
    String unread = Wording.unread(explanation);
    if (!unread.isEmpty()) {
      html.element("p", unread, "class", "words-note");
    }
    return html.close("div").toString();
  }

  private static void append(Markup html, Piece piece, Method method, double full) {
    boolean unread = Wording.isUnread(piece);
    if (piece.tokens().isEmpty() && !unread) {
      html.text(piece.text());
      return;
    }
    List<String> attributes = new ArrayList<>();
    Shade shade = Shade.of(piece.weight() / full);
    boolean shaded = piece.isRead() && shade.isSeen();
    boolean unknown = piece.tokens().stream().anyMatch(t -> t.reading() == Reading.UNKNOWN);
    String name =
        String.join(
                " ",
                shaded ? name(shade) : "",
                unread ? "words-unread" : unknown ? "words-unknown" : "")
            .strip();
    if (!name.isEmpty()) {
      attributes.addAll(List.of("class", name));
    }
    if (shaded) {
      attributes.addAll(List.of("style", weight(shade)));
    }
    if (!piece.tokens().isEmpty()) {
      attributes.addAll(List.of("title", title(piece, method)));
    }
    html.open("span", attributes.toArray(String[]::new)).text(piece.text()).raw("</span>");
  }

  private static String title(Piece piece, Method method) {
    List<String> titles = new ArrayList<>();
    for (TokenWeight token : piece.tokens()) {
      String reading = Wording.reading(token.reading());
      titles.add(
          token.token().text()
              + (token.isRead() ? ": " + Wording.weight(token.weight(), method) : "")
              + (reading.isEmpty() ? "" : ", " + reading));
    }
    return String.join("; ", titles);
  }

  private static void row(Markup html, TokenWeight token, Method method, double greatest) {
    double share = token.weight() / greatest;
    html.raw("<tr><td>").text(Wording.weight(token.weight(), method)).raw("</td><td>");
    html.open(
        "span",
        "class",
        "words-bar " + name(Shade.of(share)),
        "style",
        String.format(Locale.ROOT, "width:%.1f%%;--weight:1", 100 * Math.abs(share)));
    html.raw("</span></td><td>").text(token.token().text());
    String reading = Wording.reading(token.reading());
    if (!reading.isEmpty()) {
      html.open("i").text(" (" + reading + ")").raw("</i>");
    }
    html.raw("</td></tr>\n");
  }

  private static String name(Shade shade) {
    return shade.ink() == Ink.BLUE ? "words-for" : "words-against";
  }

  private static String weight(Shade shade) {
    return String.format(Locale.ROOT, "--weight:%.2f", shade.opacity());
  }

  private static String signed(Method method) {
    return method == Method.OCCLUSION ? " words-signed" : "";
  }
}
