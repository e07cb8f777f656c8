package org.rnn4j.text.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.text.TextCleaner;

/**
 * Texts that stand in more than one part of a split, so that a score on one part is no longer a
 * score on unseen texts. Two texts are the same if they are equal after {@link
 * TextCleaner#standard()} and with all white space evened out.
 *
 * @param shared the texts, in the order they first occur in
 */
public record Overlap(List<Shared> shared) {
  /**
   * One text that stands in more than one part.
   *
   * @param text the text as it is compared
   * @param train how often it stands in the training part
   * @param validation how often it stands in the validation part
   * @param test how often it stands in the test part
   * @param labelsDiffer whether it does not have the same label everywhere
   */
  public record Shared(String text, int train, int validation, int test, boolean labelsDiffer) {}

  /** Keeps its own copy of the list. */
  public Overlap {
    shared = List.copyOf(shared);
  }

  /** Whether no text stands in two parts. */
  public boolean isEmpty() {
    return shared.isEmpty();
  }

  /** How many rows of the validation part also stand in the training part. */
  public int validationRowsInTrain() {
    return shared.stream().filter(text -> text.train() > 0).mapToInt(Shared::validation).sum();
  }

  /** How many rows of the test part also stand in the training part. */
  public int testRowsInTrain() {
    return shared.stream().filter(text -> text.train() > 0).mapToInt(Shared::test).sum();
  }

  /** How many rows of the test part also stand in the validation part. */
  public int testRowsInValidation() {
    return shared.stream().filter(text -> text.validation() > 0).mapToInt(Shared::test).sum();
  }

  /** The report as one line. */
  @Override
  public String toString() {
    return shared.size()
        + " texts stand in two parts or more ("
        + validationRowsInTrain()
        + " validation rows in train, "
        + testRowsInTrain()
        + " test rows in train, "
        + testRowsInValidation()
        + " test rows in validation)";
  }

  static Overlap of(List<LabelledTexts> parts) {
    Map<String, Shared> texts = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    for (int part = 0; part < parts.size(); part++) {
      for (LabelledText example : parts.get(part)) {
        String text = TextCleaner.standard().clean(example.text()).strip().replaceAll("\\s+", " ");
        String firstLabel = labels.putIfAbsent(text, example.label());
        boolean differs = firstLabel != null && !firstLabel.equals(example.label());
        Shared before = texts.getOrDefault(text, new Shared(text, 0, 0, 0, false));
        texts.put(
            text,
            new Shared(
                text,
                before.train() + (part == 0 ? 1 : 0),
                before.validation() + (part == 1 ? 1 : 0),
                before.test() + (part == 2 ? 1 : 0),
                before.labelsDiffer() || differs));
      }
    }
    return new Overlap(texts.values().stream().filter(Overlap::isShared).toList());
  }

  private static boolean isShared(Shared text) {
    int parts =
        Integer.signum(text.train())
            + Integer.signum(text.validation())
            + Integer.signum(text.test());
    return parts > 1;
  }
}
