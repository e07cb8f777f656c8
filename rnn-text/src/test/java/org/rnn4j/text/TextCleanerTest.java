package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.text.TextCleaner.Normalization;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class TextCleanerTest {
  private static final TextCleaner HTML = TextCleaner.none().withHtml(true);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          a<br />b                  | a b
          a<br>b<BR/>c              | a b c
          "x<p class=""q"">y</p>z"  | x y z
          <b>un</b>believable       | unbelievable
          <i>so</i> <EM>bad</EM>    | so bad
          I <3 this                 | I <3 this
          what a film <sigh>        | what a film <sigh>
          a<b and c                 | a<b and c
          <br                       | <br
          <a <b>c                   | <a c
          <breakfast>               | <breakfast>
          <>                        | <>
          if a <= b                 | if a <= b
          """)
  void html_breaks_become_spaces_and_inline_tags_vanish(String text, String expected) {
    assertThat(HTML.clean(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rock &amp; roll     | rock & roll
          &quot;good&quot;    | "good"
          &#39;tis            | 'tis
          &#x27;tis &#X27;    | 'tis '
          caf&eacute;         | café
          &Uuml;ber           | Über
          &yuml;&szlig;       | ÿß
          5 &lt; 6 &gt; 4     | 5 < 6 > 4
          a&#8230;            | a…
          a&#133;b&#150;c     | a…b–c
          &amp;amp;           | &amp;
          AT&T;               | AT&T;
          &nosuchname;        | &nosuchname;
          &#0; &#55357;       | &#0; &#55357;
          &#1114112;          | &#1114112;
          &#x10FFFF;x         | \uDBFF\uDFFFx
          &#;&#x;&;           | &#;&#x;&;
          &amp                | &amp
          &#129;              | &#129;
          """)
  void character_references_are_resolved_once(String text, String expected) {
    assertThat(HTML.clean(text)).isEqualTo(expected);
  }

  @Test
  void an_escaped_tag_is_text_and_stays() {
    assertThat(HTML.clean("&lt;br /&gt;")).isEqualTo("<br />");
  }

  @Test
  void a_non_breaking_space_reference_is_a_space_after_nfkc() {
    assertThat(TextCleaner.standard().clean("not&nbsp;bad")).isEqualTo("not bad");
  }

  @Test
  void nfkc_makes_one_text_of_many_spellings() {
    assertThat(TextCleaner.standard().clean("ＦＵＬＬ ﬁne cafe\u0301 don´t"))
        .isEqualTo("full fine café don't");
  }

  @Test
  void nfc_composes_and_keeps_compatibility_letters() {
    TextCleaner cleaner = TextCleaner.none().withNormalization(Normalization.NFC);
    assertThat(cleaner.clean("cafe\u0301 ﬁne")).isEqualTo("café ﬁne");
  }

  @Test
  void lower_case_does_not_depend_on_the_language_of_the_machine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(TextCleaner.standard().clean("IT IS FINE")).isEqualTo("it is fine");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void lower_case_takes_letters_one_by_one() {
    assertThat(TextCleaner.standard().clean("ΣΑΣ İ ẞ 𐐀")).isEqualTo("σασ i ß 𐐨");
  }

  @Test
  void each_step_can_be_left_out() {
    String text = "<br>&amp;ﬁX";
    assertThat(TextCleaner.none().clean(text)).isSameAs(text);
    assertThat(TextCleaner.standard().clean(text)).isEqualTo(" &fix");
    assertThat(TextCleaner.standard().withHtml(false).clean(text)).isEqualTo("<br>&amp;fix");
    assertThat(TextCleaner.standard().withLowerCase(false).clean(text)).isEqualTo(" &fiX");
    assertThat(TextCleaner.standard().withNormalization(Normalization.NONE).clean(text))
        .isEqualTo(" &ﬁx");
    assertThat(new TextCleaner(true, false, false, Normalization.NONE, false).clean("<br><b>&lt;"))
        .isEqualTo(" <b>&lt;");
    assertThat(new TextCleaner(false, true, false, Normalization.NONE, false).clean("<br><b>&lt;"))
        .isEqualTo("<br>&lt;");
  }

  @Test
  void a_short_run_of_marks_is_put_in_order() {
    TextCleaner cleaner = TextCleaner.none().withNormalization(Normalization.NFC);
    // Dot below (class 220) sorts before acute (class 230).
    assertThat(cleaner.clean("q\u0301\u0323")).isEqualTo("q\u0323\u0301");
  }

  @ParameterizedTest
  @MethodSource("org.rnn4j.text.HostileTexts#large")
  void a_text_of_a_hundred_thousand_odd_pieces_is_cleaned(String text) {
    // What grows with the square of the length shows here: such ways of doing this take minutes.
    assertThat(TextCleaner.standard().clean(text).length()).isLessThanOrEqualTo(18 * text.length());
  }
}
