package org.rnn4j.text;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.rnn4j.tensor.RandomStream;

/** Texts that no one writes: whatever reads them must not fail. */
public final class HostileTexts {
  private static final List<String> SHARDS =
      List.of(
          "<",
          "</",
          "<br",
          "<br />",
          "<a href='",
          ">",
          "&",
          "&#",
          "&#x",
          "&amp;",
          "&#55357;",
          "&#1114112;",
          "&#99999999;",
          "'",
          "’",
          "_",
          ".",
          ",",
          "!",
          "…",
          "\0",
          "\uD83D",
          "\uDE00",
          "😀",
          "👍🏽",
          "👨\u200D👩\u200D👧",
          "🇩🇪",
          "\uFE0F",
          "\u200D",
          "\u0301",
          "\u0323",
          "ß",
          "İ",
          "Σ",
          "ﬁ",
          "\uFDFA",
          "한",
          "中",
          "ひ",
          "\u0E01\u0E33",
          "\u202E",
          "\uFEFF",
          "\uFFFF",
          "\t",
          "\r\n",
          "\u0085",
          "not",
          "GOOD",
          "3.5",
          "10,000");

  private HostileTexts() {}

  /** A text made of random pieces and random code units. */
  public static String random(long seed) {
    RandomStream random = new RandomStream(seed).derive("hostile");
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(200);
    for (int i = 0; i < pieces; i++) {
      if (random.nextInt(3) == 0) {
        text.append((char) random.nextInt(1 << 16));
      } else {
        text.append(SHARDS.get(random.nextInt(SHARDS.size())));
      }
    }
    return text.toString();
  }

  /** Long texts that make careless algorithms slow. */
  public static Stream<String> large() {
    return SHARDS.stream().map(shard -> shard.repeat(100_000));
  }

  /** The seeds of property tests over random texts. */
  public static LongStream seeds() {
    return LongStream.range(0, 300);
  }
}
