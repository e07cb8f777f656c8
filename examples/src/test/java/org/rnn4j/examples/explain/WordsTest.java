package org.rnn4j.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.examples.terminal.Terminal;
import org.rnn4j.text.Token;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Explained texts as HTML and in a terminal. */
class WordsTest {
  private static final String ESCAPE = "\u001b[";

  /** Everything that a weighed word may be, in one text. */
  static final Explanation MIXED =
      explanation(
          "Cut dull <b>&\"'x</b> so so great!<br />",
          Method.OCCLUSION,
          token("cut", 0, 3, Reading.CUT_OFF, 0),
          token("dull", 4, 8, Reading.KNOWN, 2),
          token("x", 9, 20, Reading.UNKNOWN, -1),
          token("so", 21, 23, Reading.KNOWN, 0.01),
          token("so", 24, 26, Reading.LEFT_OUT, 0),
          token("great", 27, 32, Reading.KNOWN, -0.00001),
          token("!", 32, 33, Reading.KNOWN, 0.5));

  private static TokenWeight token(
      String text, int start, int end, Reading reading, double weight) {
    return new TokenWeight(new Token(text, start, end), reading, weight, List.of());
  }

  static Explanation explanation(String text, Method method, TokenWeight... tokens) {
    Prediction prediction = new Prediction("<neg>", 0.75, Map.of("<neg>", 0.75), tokens.length, 0);
    return new Explanation(text, prediction, method, List.of(tokens));
  }

  private static Element parsed(String fragment) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(fragment.getBytes(UTF_8)));
    return document.getDocumentElement();
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<Element> words(Element fragment) {
    return elements(elements(fragment, "p").get(0), "span");
  }

  @Test
  void html_shows_each_word_on_its_colour_and_tells_its_weight() throws Exception {
    Element fragment = parsed(HtmlWords.fragment(MIXED));

    assertThat(words(fragment))
        .extracting(Element::getTextContent)
        .containsExactly("Cut", "dull", "<b>&\"'x</b>", "so", "so", "great", "!", "<br />");
    assertThat(words(fragment))
        .extracting(word -> word.getAttribute("title"))
        .containsExactly(
            "cut, not read: cut off",
            "dull: +2.0000",
            "x: -1.0000, read as an unknown word",
            "so: +0.0100",
            "so, not read: left out",
            "great: 0.0000",
            "!: +0.5000",
            "");
    assertThat(words(fragment))
        .extracting(word -> word.getAttribute("style"))
        .containsExactly("", "--weight:0.60", "--weight:0.30", "", "", "", "--weight:0.15", "");
    assertThat(words(fragment))
        .extracting(word -> word.getAttribute("class"))
        .containsExactly(
            "words-unread",
            "words-for",
            "words-against words-unknown",
            "",
            "words-unread",
            "",
            "words-for",
            "words-unread");
    assertThat(elements(fragment, "td").stream().map(Element::getTextContent).toList())
        .containsSubsequence("+2.0000", "dull", "-1.0000", "x (read as an unknown word)", "!");
    assertThat(fragment.getTextContent()).contains("Not read of 7 words: 1 cut off, 1 left out.");
  }

  @Test
  void nearly_even_attention_is_pale_and_strong_attention_deep() throws Exception {
    TokenWeight[] even = new TokenWeight[10];
    for (int i = 0; i < even.length; i++) {
      even[i] = token("a", 2 * i, 2 * i + 1, Reading.KNOWN, 0.1);
    }
    String text = "a ".repeat(10);
    Element pale = parsed(HtmlWords.fragment(explanation(text, Method.ATTENTION, even)));
    assertThat(words(pale))
        .extracting(word -> word.getAttribute("style"))
        .containsOnly("--weight:0.15");
    assertThat(pale.getTextContent())
        .contains("The 8 words of the greatest weight, of 10 that were read.");

    for (int i = 0; i < even.length; i++) {
      even[i] = token("a", 2 * i, 2 * i + 1, Reading.KNOWN, i == 3 ? 1 : 0);
    }
    Element deep = parsed(HtmlWords.fragment(explanation(text, Method.ATTENTION, even)));
    assertThat(words(deep).get(3).getAttribute("style")).isEqualTo("--weight:0.60");
    assertThat(words(deep).get(4).getAttribute("style")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<script>alert(1)</script>",
        "a\" onmouseover='x' b=\"",
        "&lt;&amp;&#60;&",
        "]]></p><!--",
        "line\r\nline\rline\tend",
        "\0\u001b[31m\u009b\u007f\uD83D \uDE00",
        "\u202Eright to left\u05D0",
        "😀👍🏽e\u0301",
      })
  void a_text_is_shown_as_it_stands_and_never_read_as_html(String text) throws Exception {
    Explanation whole =
        text.isEmpty()
            ? explanation(text, Method.ATTENTION)
            : explanation(
                text, Method.ATTENTION, token(text, 0, text.length(), Reading.UNKNOWN, 1));
    Element fragment = parsed(HtmlWords.fragment(whole));

    assertThat(elements(fragment, "p").get(0).getTextContent()).isEqualTo(Wording.printable(text));
    assertThat(elements(fragment, "script")).isEmpty();
    for (Element word : words(fragment)) {
      assertThat(word.hasAttribute("onmouseover")).isFalse();
    }
    assertThat(HtmlWords.page(text, List.of(whole)))
        .doesNotContain("<script", "http", "src=", "@import", "\u001b", "\0");
  }

  @Test
  void what_controls_a_terminal_is_replaced_and_line_ends_stay() {
    assertThat(Wording.printable("a\r\nb\rc\n\t\u001b[1m\u009b\0\uD83D😀é"))
        .isEqualTo("a\nb\nc\n\t\uFFFD[1m\uFFFD\uFFFD\uFFFD😀é");
  }

  @Test
  void a_page_has_one_legend_for_each_method_and_a_fragment_for_each_text() {
    Explanation attended = explanation("so", Method.ATTENTION, token("so", 0, 2, Reading.KNOWN, 1));
    String page = HtmlWords.page("a < b", List.of(MIXED, attended, attended));

    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<title>a &lt; b</title>", "<h2>&lt;neg&gt; 75.0 %</h2>")
        .containsOnlyOnce("against the class")
        .containsOnlyOnce("much attention")
        .endsWith("</html>\n");
    assertThat(page.split("<div class=\"words\">", -1)).hasSize(4);
  }

  @Test
  void a_terminal_shows_colours_and_says_everything_without_them() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    String coloured = new TerminalWords(new Terminal(nowhere, true, 80, true)).show(MIXED);
    String plain = new TerminalWords(new Terminal(nowhere, true, 80, false)).show(MIXED);

    assertThat(coloured)
        .contains(ESCAPE + "2mCut" + ESCAPE + "0m")
        .contains(ESCAPE + "48;5;25;38;5;231mdull" + ESCAPE + "0m")
        .contains(ESCAPE + "4;48;5;180;38;5;16m<b>");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    assertThat(plain.lines())
        .startsWith(
            "<neg>  0.7500",
            "",
            "Cut dull <b>&\"'x</b> so so great!<br />",
            "",
            "  +2.0000  " + "█".repeat(30) + "  dull",
            "  -1.0000  " + "█".repeat(15) + " ".repeat(15) + "  x (read as an unknown word)",
            "  +0.5000  " + "█".repeat(8) + " ".repeat(22) + "  !",
            "  +0.0100  " + " ".repeat(30) + "  so",
            "   0.0000  " + " ".repeat(30) + "  great")
        .endsWith("Not read of 7 words: 1 cut off, 1 left out.");
  }

  @Test
  void a_text_of_which_nothing_was_read_says_so() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    String shown =
        new TerminalWords(Terminal.plain(nowhere)).show(explanation("", Method.OCCLUSION));

    assertThat(shown)
        .endsWith("The network read no word: this is what it says without evidence.\n")
        .doesNotContain("log-odds");
    assertThat(HtmlWords.fragment(explanation("", Method.OCCLUSION)))
        .contains("The network read no word")
        .doesNotContain("<table");
  }
}
