package org.rnn4j.examples.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.examples.demo.DemoCorpus;
import org.rnn4j.examples.demo.DemoReview;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;

/**
 * The texts of a study.
 *
 * @param source where they come from
 * @param demo whether they are those of the demo
 * @param split what is learnt, what is watched, what is tested on
 */
public record StudyData(String source, boolean demo, Split split) {
  private static final List<String> LABELS = List.of("negative", "positive");

  /** The made-up reviews of the demo. */
  public static StudyData ofDemo(long seed) {
    DemoCorpus corpus = DemoCorpus.generate(seed);
    return new StudyData(
        "made-up reviews of the demo, seed " + seed,
        true,
        new Split(texts(corpus.training()), texts(corpus.validation()), texts(corpus.test())));
  }

  private static LabelledTexts texts(List<DemoReview> reviews) {
    return LabelledTexts.of(
        reviews.stream()
            .map(review -> new LabelledText(review.text(), LABELS.get(review.positive() ? 1 : 0)))
            .toList(),
        LABELS);
  }

  /** The parts that there are, by name. */
  public Map<String, LabelledTexts> parts() {
    Map<String, LabelledTexts> parts = new LinkedHashMap<>();
    parts.put("training", split.train());
    parts.put("validation", split.validation());
    parts.put("test", split.test());
    return parts;
  }

  /** SHA-256 over the labels and texts of all parts, in order. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      parts()
          .values()
          .forEach(
              texts -> {
                for (LabelledText text : texts) {
                  digest.update(
                      (text.label() + '\t' + text.text() + '\n').getBytes(StandardCharsets.UTF_8));
                }
                digest.update((byte) 0);
              });
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256, which every Java has", e);
    }
  }
}
