package org.rnn4j.examples.design;

import static java.util.Map.entry;

import java.util.List;
import java.util.Optional;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.Truncation;

/** What is read of a text, and how a word becomes numbers. */
public final class TextSettings {
  private static final SettingList SETTINGS = new SettingList();

  /** How texts are cleaned. */
  public static final Setting<TextCleaner> CLEANING =
      SETTINGS.add(
          Group.READING,
          "cleaning",
          "KIND",
          Format.choice(
              entry("standard", TextCleaner.standard()),
              entry("tweets", TextCleaner.tweets()),
              entry("none", TextCleaner.none())),
          "standard",
          "How texts are cleaned: standard, tweets (URLs, mentions, hashtags, numbers and "
              + "elongated words evened out too) or none.");

  /** What counts as a token. */
  public static final Setting<Tokenizer> TOKENIZER =
      SETTINGS.add(
          Group.READING,
          "tokenizer",
          "KIND",
          Format.choice(
              entry("standard", Tokenizer.standard()),
              entry("words", Tokenizer.wordsOnly()),
              entry("tweets", Tokenizer.tweets())),
          "standard",
          "What counts as a token: standard (words, marks, emoji), words alone, or tweets "
              + "(emoticons and what tweets' cleaning leaves too).");

  /** Which words are left out. */
  public static final Setting<StopWords> STOP_WORDS =
      SETTINGS.add(
          Group.READING,
          "stop-words",
          "KIND",
          Format.choice(
              entry("none", StopWords.none()),
              entry("english", StopWords.english()),
              entry(
                  "english-negations",
                  StopWords.english()
                      .with(StopWords.englishNegations().words().toArray(String[]::new)))),
          "none",
          "Words that are left out: none, english (negations stay), or english-negations "
              + "(they go too).");

  /** Most words that are known. */
  public static final Setting<Integer> MAX_WORDS =
      SETTINGS.add(
          Group.READING,
          "max-words",
          "N",
          Format.whole(3),
          "20000",
          "Most words that are known, the most frequent ones, two reserved ids among them.");

  /** How often a word must occur. */
  public static final Setting<Integer> MIN_FREQUENCY =
      SETTINGS.add(
          Group.READING,
          "min-frequency",
          "N",
          Format.whole(1),
          "2",
          "How often a word must occur in the training texts to be known.");

  /** Most tokens that are read of a text. */
  public static final Setting<Integer> MAX_LENGTH =
      SETTINGS.add(
          Group.READING,
          "max-length",
          "N",
          Format.whole(1),
          "200",
          "Most tokens that are read of a text.");

  /** Which end of a text that is too long is read. */
  public static final Setting<Truncation.Keep> KEEP =
      SETTINGS.add(
          Group.READING,
          "keep",
          "END",
          Format.choice(entry("last", Truncation.Keep.LAST), entry("first", Truncation.Keep.FIRST)),
          "last",
          "Which tokens of a longer text are read: the last or the first.");

  /** Size of a word's vector. */
  public static final Setting<Integer> EMBEDDING =
      SETTINGS.add(
          Group.WORDS, "embedding", "N", Format.whole(1), "128", "Size of a word's vector.");

  /** Where the words' vectors start. */
  public static final Setting<Double> EMBEDDING_LIMIT =
      SETTINGS.add(
          Group.WORDS,
          "embedding-limit",
          "LIMIT",
          Format.notNegative(),
          "0.05",
          "How far from 0 the numbers of words' vectors start at most.");

  /** Pretrained vectors. */
  public static final Setting<Optional<Vectors>> VECTORS =
      SETTINGS.add(
          Group.WORDS,
          "vectors",
          "FILE[:frozen]",
          Vectors.formatOfSetting(),
          "none",
          "Pretrained vectors to start from; frozen are not trained. The format is seen from the "
              + "file, or named as in FILE:glove, FILE:word2vec-text, FILE:word2vec-binary.");

  private TextSettings() {}

  /** These settings in the order in which they are shown. */
  static List<Setting<?>> all() {
    return SETTINGS.all();
  }
}
