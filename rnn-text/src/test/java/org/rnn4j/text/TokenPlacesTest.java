package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.testing.RunsOnce;

/** Where {@link TextPipeline#locate} finds tokens in the text as it was before cleaning. */
@RunsOnce
class TokenPlacesTest {
  private static final TextPipeline STANDARD =
      new TextPipeline(
          TextCleaner.standard(), Tokenizer.standard(), vocabulary(), Truncation.none());
  private static final TextPipeline TWEETS =
      new TextPipeline(TextCleaner.tweets(), Tokenizer.tweets(), vocabulary(), Truncation.none());

  /** Whole tokens, and what becomes several: nothing here changes by what stands beside it. */
  private static final List<String> WORDS =
      List.of(
          "Good",
          "don´t",
          "caf&eacute;",
          "e\u0301te\u0323\u0301",
          "go<b>o</b>d",
          "<i>so</i>",
          "&#128512;",
          "👨\u200D👩\u200D👧",
          "👍🏽",
          "\uFF21\uFF22",
          "\uFF76\uFF9E",
          "\u1112\u1161\u11ab",
          "ﬁlm",
          "½",
          "\uFDFA",
          "İstanbul",
          "soooo",
          "http://t.co/Ab1",
          "@bob",
          "#NBAFinals2016",
          "#i_love_it",
          "10,000",
          ":-)))",
          "!!!!!!",
          "中文");

  private static Vocabulary vocabulary() {
    return Vocabulary.of(List.of(), Vocabulary.UnknownTokens.KEEP);
  }

  private static String located(TextPipeline pipeline, String text) {
    List<String> tokens = new ArrayList<>();
    for (Token token : pipeline.locate(text)) {
      tokens.add(token.text() + "=" + token.in(text));
    }
    return String.join(" ", tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Not BAD!!!!           | not=Not bad=BAD !!!=!!!!
          caf&eacute;s &lt;3    | cafés=caf&eacute;s <=&lt; 3=3
          a<br />b g<b>oo</b>d  | a=a b=b good=g<b>oo</b>d
          I don´t, don’t        | i=I don't=don´t ,=, don't=don’t
          1½ km²                | 11=1½ ⁄=½ 2=½ km2=km²
          x ﷺ y                 | x=x صلى=ﷺ الله=ﷺ عليه=ﷺ وسلم=ﷺ y=y
          👨‍👩‍👧 ok 😀            | 👨‍👩‍👧=👨‍👩‍👧 ok=ok 😀=😀
          """)
  void a_token_stands_where_it_stood_before_cleaning(String text, String places) {
    assertThat(located(STANDARD, text)).isEqualTo(places);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          See HTTP://t.co/Ab. @Bob | see=See <url>=HTTP://t.co/Ab .=. <user>=@Bob
          SOOO goooood!!           | so=SOOO <elong>=SOOO good=goooood <elong>=goooood !!=!!
          (#NBAFinals2016)         | (=( <hashtag>=# nba=NBA finals=Finals <number>=2016 )=)
          #i__love_iiit yes        | <hashtag>=# i=i__ love=love_ iit=iiit <elong>=iiit yes=yes
          at 10:30 :-))) &lt;3 me  | at=at <number>=10:30 :-)=:-))) <3=&lt;3 me=me
          wwww.x zzzzz &amp;       | www=wwww .=. x=x zzz=zzzzz &=&amp;
          """)
  void the_places_of_what_stands_for_parts_of_tweets_are_these_parts(String tweet, String places) {
    assertThat(located(TWEETS, tweet)).isEqualTo(places);
  }

  @Test
  void characters_that_become_one_are_a_place_together() {
    assertThat(located(STANDARD, "cafe\u0301 e\u0323\u0301te")) // combining marks
        .isEqualTo("café=cafe\u0301 \u1EB9\u0301te=e\u0323\u0301te");
    assertThat(located(STANDARD, "\u1112\u1161\u11ab\uFF76\uFF9E")) // Hangul jamo, half-width kana
        .isEqualTo("한ガ=\u1112\u1161\u11ab\uFF76\uFF9E");
  }

  @Test
  void stop_words_have_places_too() {
    TextPipeline pipeline =
        new TextPipeline(
            TextCleaner.standard(),
            Tokenizer.standard(),
            StopWords.english(),
            vocabulary(),
            Truncation.keepFirst(1));

    assertThat(pipeline.tokens("The film is bad")).containsExactly("film", "bad");
    assertThat(pipeline.locate("The film is bad"))
        .containsExactly(
            new Token("the", 0, 3),
            new Token("film", 4, 8),
            new Token("is", 9, 11),
            new Token("bad", 12, 15));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void every_token_has_a_place_in_the_order_of_the_text(long seed) {
    for (String text : List.of(HostileTexts.random(seed), TweetsTest.random(seed))) {
      for (TextPipeline pipeline : List.of(STANDARD, TWEETS)) {
        List<Token> tokens = pipeline.locate(text);

        assertThat(tokens).extracting(Token::text).isEqualTo(pipeline.tokens(text));
        int start = 0;
        int end = 0;
        for (Token token : tokens) {
          assertThat(token.start()).as("%s in %s", token, text).isGreaterThanOrEqualTo(start);
          assertThat(token.end()).as("%s in %s", token, text).isGreaterThanOrEqualTo(end);
          assertThat(token.end()).isBetween(token.start() + 1, text.length());
          assertThat(splitsPair(text, token.start()) || splitsPair(text, token.end())).isFalse();
          start = token.start();
          end = token.end();
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("org.rnn4j.text.HostileTexts#seeds")
  void the_places_of_words_are_these_words_whatever_stands_around_them(long seed) {
    RandomStream random = new RandomStream(seed).derive("words");
    StringBuilder text = new StringBuilder();
    List<Token> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String word = WORDS.get(random.nextInt(WORDS.size()));
      for (Token token : TWEETS.locate(word)) {
        expected.add(
            new Token(token.text(), text.length() + token.start(), text.length() + token.end()));
      }
      text.append(word).append(random.nextInt(2) == 0 ? " " : "<br />\u3000");
    }

    assertThat(TWEETS.locate(text.toString())).isEqualTo(expected);
  }

  @Test
  void no_lower_case_moves_what_follows() {
    assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT))
        .filteredOn(c -> Character.charCount(Character.toLowerCase(c)) != Character.charCount(c))
        .isEmpty();
  }

  static Stream<String> large() {
    return Stream.of("\u0323\uFF9E", "e\u0301", "\u1112\u1161", "&amp;", "<b>", "#aB", "sooo ")
        .map(shard -> shard.repeat(30_000));
  }

  @ParameterizedTest
  @MethodSource("large")
  void places_take_time_in_proportion_to_the_text(String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(TWEETS.locate(text)).isNotNull());
  }

  private static boolean splitsPair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isHighSurrogate(text.charAt(index - 1))
        && Character.isLowSurrogate(text.charAt(index));
  }
}
