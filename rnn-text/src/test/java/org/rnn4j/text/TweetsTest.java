package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.testing.RunsOnce;

/** What {@link TweetRules} and the tokenizer of emoticons make of tweets. */
@RunsOnce
class TweetsTest {
  private static final TextCleaner RULES = TextCleaner.none().withTweetRules(TweetRules.standard());

  /** Pieces that meet badly. */
  private static final List<String> SHARDS =
      List.of(
          "@bob",
          "@",
          "#",
          "#NBAFinals2016",
          "#i_love_it",
          "#1",
          "http://t.co/Ab1",
          "www.x.com",
          "www",
          "youtube.com",
          "bit.ly/x",
          "a@b.org",
          "10:30",
          "1,000.50",
          "5",
          "5s",
          ":)",
          ":-(((",
          ":D",
          ":3",
          "<3",
          "<333",
          "</3",
          "^_^",
          "o_O",
          "0_0",
          "8-)",
          "(:",
          "xD",
          "<user>",
          "<url>",
          "<number>",
          "soooo",
          "goood",
          "III",
          "wwww",
          "ooo_o",
          " ",
          "  ",
          ".",
          ":",
          "/",
          "(",
          ")",
          "'",
          "\u2019",
          "_",
          "é",
          "\u0301",
          "中中中",
          "\uD83D\uDE00",
          "\uD83D",
          "\u00A0",
          "x",
          "T");

  private static List<String> tokens(String tweet) {
    return Tokenizer.tweets().tokenize(TextCleaner.tweets().clean(tweet));
  }

  static String random(long seed) {
    RandomStream random = new RandomStream(seed).derive("tweets");
    StringBuilder tweet = new StringBuilder();
    int pieces = random.nextInt(60);
    for (int i = 0; i < pieces; i++) {
      tweet.append(SHARDS.get(random.nextInt(SHARDS.size())));
    }
    return tweet.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          see http://t.co/GlH48AxI.       | see <url> .
          (www.x.com/a?b=1)               | ( <url> )
          youtube.com, bit.ly/abc         | <url> , <url>
          mail me@x.org!                  | mail <url> !
          sad.me tired.so 3.5.com/x       | sad.me tired.so <url>
          e.g. www. http://               | e.g. www. http://
          RT @user_1: hi                  | RT <user> : hi
          a@b @ home @@x                  | a@b @ home @ <user>
          .@bob thanks@you                | . <user> thanks@you
          #LOSE!! #iloveit                | <hashtag> LOSE !! <hashtag> iloveit
          #NBAFinals2016                  | <hashtag> NBA Finals <number>
          #iPhone #ILoveYou               | <hashtag> i Phone <hashtag> I Love You
          #i_love__it_                    | <hashtag> i love it
          #100DaysOfCode #gr8             | <hashtag> <number> Days Of Code <hashtag> gr8
          #1 C# # a#b #Über               | # <number> C# # a#b <hashtag> Über
          #soooHappy                      | <hashtag> so <elong> Happy
          at 10:30 for 1,000.50           | at <number> for <number>
          10:30pm 1,000km 10:www.x.com    | 10:30pm 1,000km <number> : <url>
          2nd b4 -5 50% $5 5's            | 2nd b4 - <number> <number> % $ <number> 5's
          soooo goooood YESSS hmmm        | so <elong> good <elong> YES <elong> hm <elong>
          too good, www III zzzzzz        | too good, www III zzz
          5@bob sooo#tag                  | <number> <user> so <elong> <hashtag> tag
          <user> <url> <smile> <br> <3 :3 | <user> <url> <smile> <br> <3 :3
          """)
  void tweets_are_rewritten(String tweet, String expected) {
    assertThat(RULES.clean(tweet)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          so cool!! work :)))              | so cool !! work :)
          :-/ :D XD xDDD :'( =] ;) :p :@   | :-/ :d xd xd :'( =] ;) :p :@
          ^_^ -__- ^^ o_O T_T \\o/ ;_; >_< | ^_^ -_- ^^ o_o t_t \\o/ ;_; >_<
          I <3 u </3 <333                  | i <3 u </3 <3
          (: )-: 8-) x-(                   | (: )-: 8-) x-(
          hi:) :)thanks                    | hi :) :) thanks
          if:(x note:Draft 3:0 http://x    | if : ( x note : draft <number> <url>
          (see below): D: (2008) 8)        | ( see below ) : d : ( <number> ) <number> )
          <30 x<3.5 a)                     | < <number> x < <number> a )
          ☺ 👍🏽 🇩🇪 ❤️ <br /> &amp; don’t   | ☺ 👍🏽 🇩🇪 ❤ & don't
          <user> <url> <sigh>              | <user> <url> < sigh >
          """)
  void tweets_are_cut_into_tokens(String tweet, String expected) {
    assertThat(String.join(" ", tokens(tweet))).isEqualTo(expected.replace("\\\\", "\\"));
  }

  @Test
  void without_emoticons_the_tokenizer_sees_marks() {
    assertThat(Tokenizer.standard().tokenize(":) <user>"))
        .containsExactly(":", ")", "<", "user", ">");
  }

  @Test
  void each_rule_can_be_left_out() {
    String tweet = "@b #Tag http://x.y 5 sooo";
    assertThat(new TweetRules(true, false, false, false, false).apply(tweet, null))
        .isEqualTo("@b #Tag <url> 5 sooo");
    assertThat(new TweetRules(false, true, false, false, false).apply(tweet, null))
        .isEqualTo("<user> #Tag http://x.y 5 sooo");
    assertThat(new TweetRules(false, false, true, false, false).apply(tweet, null))
        .isEqualTo("@b <hashtag> Tag http://x.y 5 sooo");
    assertThat(new TweetRules(false, false, false, true, false).apply(tweet, null))
        .isEqualTo("@b #Tag http://x.y <number> sooo");
    assertThat(new TweetRules(false, false, false, false, true).apply(tweet, null))
        .isEqualTo("@b #Tag http://x.y 5 so <elong>");
    assertThat(TweetRules.none().apply(tweet, null)).isSameAs(tweet);
  }

  private static Stream<Long> seeds() {
    return HostileTexts.seeds().boxed();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void cleaning_twice_is_cleaning_once(long seed) {
    for (String tweet : List.of(random(seed), HostileTexts.random(seed))) {
      String once = RULES.clean(tweet);
      assertThat(RULES.clean(once)).isEqualTo(once);
    }
    // Of other texts the whole cleaner makes no such promise: a letter that is made lower case may
    // compose with the mark behind it, and what HTML escapes may be HTML.
    TextCleaner all = TextCleaner.tweets();
    String once = all.clean(random(seed));
    assertThat(all.clean(once)).isEqualTo(once);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void tokens_that_stand_apart_are_found_again(long seed) {
    for (String tweet : List.of(random(seed), HostileTexts.random(seed))) {
      List<String> once = Tokenizer.tweets().tokenize(tweet);
      assertThat(once).noneMatch(String::isEmpty);
      assertThat(Tokenizer.tweets().tokenize(String.join(" ", once))).isEqualTo(once);
    }
  }

  @Test
  void a_long_tweet_takes_linear_time() {
    List<String> pieces =
        Stream.concat(
                SHARDS.stream(), Stream.of("a.", "1:", "1:1:a", "a@", "a-", "aaa", ":'", "_o"))
            .toList();
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String piece : pieces) {
            String cleaned = RULES.clean(piece.repeat(20_000));
            assertThat(Tokenizer.tweets().tokenize(cleaned)).isNotNull();
          }
        });
  }

  @Test
  void a_tweet_that_cleaning_empties_has_no_tokens_and_no_ids() {
    TextPipeline pipeline =
        TextPipeline.builder()
            .cleaner(TextCleaner.tweets())
            .tokenizer(Tokenizer.tweets())
            .fit(List.of("good good"));
    for (String tweet : List.of("", "  <br /> \u200B", "\uFE0F")) {
      assertThat(pipeline.tokens(tweet)).isEmpty();
      assertThat(pipeline.encode(tweet)).isEmpty();
    }
  }

  @Test
  void the_rules_travel_with_the_pipeline() {
    TextPipeline pipeline =
        TextPipeline.builder()
            .cleaner(
                TextCleaner.tweets().withTweetRules(new TweetRules(true, false, true, false, true)))
            .tokenizer(Tokenizer.tweets())
            .fit(List.of(":) :)"));
    assertThat(pipeline.toJson())
        .contains(
            "\"normalization\":\"NFKC\",\"tweets\":{\"urls\":true,\"mentions\":false,"
                + "\"hashtags\":true,\"numbers\":false,\"elongations\":true},\"lowerCase\":true}",
            "\"tokenizer\":{\"punctuation\":true,\"emoji\":true,\"emoticons\":true}");
    TextPipeline read = TextPipeline.fromJson(pipeline.toJson());
    assertThat(read).isEqualTo(pipeline);
    assertThat(read.toJson()).isEqualTo(pipeline.toJson());
    assertThat(read.encode("http://x.y :))")).containsExactly(1, 2);
  }
}
