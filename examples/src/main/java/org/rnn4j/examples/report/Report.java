package org.rnn4j.examples.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.rnn4j.examples.draw.Markup;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.explain.HtmlWords;
import org.rnn4j.io.AtomicFiles;

/**
 * A report: one HTML file that holds all of its pictures and its style, loads nothing and runs no
 * script. It is made for narrow and wide screens and for paper, light or dark as the reader's
 * system is set; what is too wide for a screen scrolls in a box of its own.
 *
 * @param title what was studied
 * @param summary what came of it, in a sentence or two
 * @param sections in order; one without blocks is left out
 */
public record Report(String title, String summary, List<Section> sections) {
  /** Nothing may be fetched; the style stands in the page. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  /** Leaves out empty sections. */
  public Report {
    sections = sections.stream().filter(section -> !section.blocks().isEmpty()).toList();
  }

  /**
   * Writes or replaces a file.
   *
   * @throws IOException if it cannot be written; the old one then stays
   */
  public void write(Path file) throws IOException {
    AtomicFiles.writeString(file, html());
  }

  /** The page; the same report gives the same bytes. */
  public String html() {
    Markup html = new Markup();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").raw("\n").open("head").raw("\n");
    html.raw("<meta charset=\"utf-8\">\n");
    html.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY).raw("\n");
    html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.raw("\n").element("title", title);
    html.open("style").raw("\n").raw(style()).raw(HtmlWords.style()).close("style").close("head");
    html.open("body").raw("\n").open("header").raw("\n");
    html.element("h1", title).element("p", summary, "class", "summary").close("header");
    contents(html);
    html.open("main").raw("\n");
    for (int i = 0; i < sections.size(); i++) {
      section(html, sections.get(i), i);
    }
    html.close("main").close("body").close("html");
    return html.toString();
  }

  private void contents(Markup html) {
    html.open("nav", "aria-label", "Contents").open("ul").raw("\n");
    for (int i = 0; i < sections.size(); i++) {
      html.open("li").open("a", "href", "#" + id(i)).text(sections.get(i).heading());
      html.raw("</a>").close("li");
    }
    html.close("ul").close("nav");
  }

  private static String id(int section) {
    return "section-" + (section + 1);
  }

  private static void section(Markup html, Section section, int number) {
    String heading = id(number);
    html.open("section", "aria-labelledby", heading).raw("\n");
    html.element("h2", section.heading(), "id", heading);
    boolean inFigures = false;
    for (Block block : section.blocks()) {
      boolean figure = block instanceof Block.Figure;
      if (figure != inFigures) {
        html.raw(figure ? "<div class=\"figures\">\n" : "</div>\n");
        inFigures = figure;
      }
      block(html, block);
    }
    html.raw(inFigures ? "</div>\n" : "").close("section");
  }

  private static void block(Markup html, Block block) {
    if (block instanceof Block.Paragraph paragraph) {
      html.element("p", paragraph.text());
    } else if (block instanceof Block.Code code) {
      html.open("pre").open("code").text(code.text()).raw("</code>").close("pre");
    } else if (block instanceof Block.Figure figure) {
      figure(html, figure.picture());
    } else if (block instanceof Block.Table table) {
      table(html, table);
    } else if (block instanceof Block.Words words) {
      html.element("h3", words.title()).raw(HtmlWords.fragment(words.explanation()));
    } else if (block instanceof Block.Legend legend) {
      html.raw(HtmlWords.legend(legend.method()));
    }
  }

  private static void figure(Markup html, Picture picture) {
    html.open("figure").raw("\n");
    scroll(html, picture.title());
    html.raw(picture.svg()).raw("\n").close("div");
    html.element("figcaption", picture.description()).close("figure");
  }

  private static void table(Markup html, Block.Table table) {
    scroll(html, table.caption());
    html.open("table").element("caption", table.caption()).open("thead").open("tr");
    for (String heading : table.headings()) {
      boolean number = isNumber(heading);
      html.open("th", "scope", "col", "class", number ? "number" : "text");
      html.text(number ? heading.substring(1) : heading).raw("</th>");
    }
    html.raw("</tr></thead>\n<tbody>\n");
    for (List<String> row : table.rows()) {
      html.open("tr");
      for (int i = 0; i < row.size(); i++) {
        String name = i == 0 ? "th" : "td";
        String kind = isNumber(table.headings().get(i)) ? "number" : "text";
        html.raw("<" + name + (i == 0 ? " scope=\"row\"" : "") + " class=\"" + kind + "\">");
        html.text(row.get(i)).raw("</" + name + ">");
      }
      html.close("tr");
    }
    html.raw("</tbody>").close("table").close("div");
  }

  private static boolean isNumber(String heading) {
    return heading.startsWith(">");
  }

  /** Opens a box that scrolls what is too wide for the screen, by the keyboard as well. */
  private static void scroll(Markup html, String label) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", label);
    html.raw("\n");
  }

  private static String style() {
    try (InputStream style = Report.class.getResourceAsStream("report.css")) {
      if (style == null) {
        throw new IllegalStateException("Expected report.css beside the class, found none");
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
