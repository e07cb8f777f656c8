package org.rnn4j.text;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TextCleaner} does with the parts of a tweet that are not plain words. The
 * placeholders are those of the preprocessing that the GloVe vectors of tweets were trained with
 * (Pennington, Socher, Manning 2014), so that these vectors have a row for each:
 *
 * <ul>
 *   <li>a URL or an e-mail address becomes {@code <url>}: what starts with {@code http://}, {@code
 *       https://} or {@code www.}, and a bare host of one of the usual domains, of the ambiguous
 *       ones (<i>bit.ly</i>, but <i>sad.me</i>) only with a path behind it;
 *   <li>a mention, {@code @} and a name, becomes {@code <user>};
 *   <li>a hashtag becomes {@code <hashtag>} and the words it is made of: cut at underscores, where
 *       a capital follows a small letter or a digit, before the last capital of a run that small
 *       letters follow, and before two or more digits: <i>#NBAFinals2016</i> is {@code <hashtag>
 *       NBA Finals <number>}. A tag all in small letters stays one word: cutting it would need the
 *       frequencies of words, and these would have to travel with every model. What has no letter,
 *       such as <i>#1</i>, is no hashtag;
 *   <li>a number, points, commas and colons between its digits included, becomes {@code <number>};
 *       its sign, currency and percent sign stay. What mixes digits and letters (<i>2nd</i>,
 *       <i>gr8</i>) is a word. As the last step it also replaces the numbers of a hashtag;
 *   <li>in an elongated word a letter that stands three times or more at its end is kept once (as
 *       GloVe does), one inside twice (which GloVe leaves alone), and {@code <elong>} follows:
 *       <i>yesss</i> is {@code yes <elong>}, <i>goooood</i> is {@code good <elong>}. A word of one
 *       letter alone (<i>www</i>, <i>III</i>, <i>zzzzz</i>) is only cut to three.
 * </ul>
 *
 * <p>Emoticons stay as they are, and so do placeholders that are there already: cleaning a text
 * that has been cleaned changes nothing. Not taken over from GloVe: names for classes of faces, and
 * marks for capitals and repeated punctuation.
 *
 * @param urls whether URLs are replaced
 * @param mentions whether mentions are replaced
 * @param hashtags whether hashtags are marked and cut into words
 * @param numbers whether numbers are replaced
 * @param elongations whether elongated words are shortened and marked
 */
public record TweetRules(
    boolean urls, boolean mentions, boolean hashtags, boolean numbers, boolean elongations) {
  private static final TweetRules STANDARD = new TweetRules(true, true, true, true, true);
  private static final TweetRules NONE = new TweetRules(false, false, false, false, false);

  /** All of them. */
  public static TweetRules standard() {
    return STANDARD;
  }

  /** None of them: texts that are not tweets. */
  public static TweetRules none() {
    return NONE;
  }

  /**
   * The text with these rules applied.
   *
   * @param edits what is told where the text changed, or null
   */
  String apply(String text, @Nullable Edits edits) {
    return equals(NONE) ? text : new TweetRewriter(this, text, edits).rewrite();
  }

  /** The settings as JSON values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("urls", urls);
    map.put("mentions", mentions);
    map.put("hashtags", hashtags);
    map.put("numbers", numbers);
    map.put("elongations", elongations);
    return map;
  }

  static TweetRules fromMap(JsonFields fields) {
    TweetRules rules =
        new TweetRules(
            fields.truth("urls"),
            fields.truth("mentions"),
            fields.truth("hashtags"),
            fields.truth("numbers"),
            fields.truth("elongations"));
    fields.expectNoMore();
    return rules;
  }
}
