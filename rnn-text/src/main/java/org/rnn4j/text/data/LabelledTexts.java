package org.rnn4j.text.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Labelled texts in order, with the names of all classes. The place of a class's name in {@link
 * #labels()} is the number the network knows it by; a class may have a name and no text here, as in
 * a small part of a split. Immutable.
 */
public final class LabelledTexts implements Iterable<LabelledText> {
  private static final Comparator<String> LABEL_ORDER =
      Comparator.<String, Boolean>comparing(label -> !isWhole(label))
          .thenComparing(label -> isWhole(label) ? Long.parseLong(label) : 0L)
          .thenComparing(Comparator.naturalOrder());

  private final List<LabelledText> examples;
  private final List<String> labels;
  private final Map<String, Integer> labelNumbers;

  private LabelledTexts(List<LabelledText> examples, List<String> labels) {
    this.examples = examples;
    this.labels = labels;
    this.labelNumbers = new LinkedHashMap<>();
    for (String label : labels) {
      if (labelNumbers.put(label, labelNumbers.size()) != null) {
        throw new IllegalArgumentException("Expected each label once, got " + labels);
      }
    }
    for (int i = 0; i < examples.size(); i++) {
      if (!labelNumbers.containsKey(examples.get(i).label())) {
        throw DataException.of(
            "one of the labels " + labels,
            DataException.quote(examples.get(i).label()) + " at example " + (i + 1));
      }
    }
  }

  /**
   * Texts whose classes are those that occur, in ascending order: whole numbers by value, before
   * other names.
   */
  public static LabelledTexts of(Collection<LabelledText> examples) {
    TreeSet<String> labels = new TreeSet<>(LABEL_ORDER);
    examples.forEach(example -> labels.add(example.label()));
    return of(examples, List.copyOf(labels));
  }

  /**
   * Texts of the given classes.
   *
   * @throws DataException if a text has another label
   * @throws IllegalArgumentException if a label is given twice
   */
  public static LabelledTexts of(Collection<LabelledText> examples, List<String> labels) {
    return new LabelledTexts(List.copyOf(examples), List.copyOf(labels));
  }

  /** The number of texts. */
  public int size() {
    return examples.size();
  }

  /** Whether there is no text. */
  public boolean isEmpty() {
    return examples.isEmpty();
  }

  /** One labelled text, counted from 0. */
  public LabelledText get(int index) {
    return examples.get(index);
  }

  /** The labelled texts in order. */
  public List<LabelledText> examples() {
    return examples;
  }

  /** The texts in order, without their labels. */
  public List<String> texts() {
    return examples.stream().map(LabelledText::text).toList();
  }

  /** The names of the classes. */
  public List<String> labels() {
    return labels;
  }

  /** The number of the class of a text: the place of its label in {@link #labels()}. */
  public int labelNumber(int index) {
    return Objects.requireNonNull(labelNumbers.get(examples.get(index).label()));
  }

  /** How many texts each class has, in the order of {@link #labels()}. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    labels.forEach(label -> counts.put(label, 0));
    examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
    return counts;
  }

  /** The texts at the given places, in the order given, with the same classes. */
  public LabelledTexts select(int... indices) {
    List<LabelledText> selected = new ArrayList<>(indices.length);
    for (int index : indices) {
      selected.add(examples.get(index));
    }
    return new LabelledTexts(List.copyOf(selected), labels);
  }

  /**
   * The same texts, each with its group.
   *
   * @param groups one group for each text, in order
   * @throws IllegalArgumentException if there are more or fewer groups than texts
   */
  public LabelledTexts withGroups(List<String> groups) {
    if (groups.size() != size()) {
      throw new IllegalArgumentException(
          "Expected one group for each of " + size() + " texts, got " + groups.size() + " groups");
    }
    List<LabelledText> grouped = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      LabelledText example = examples.get(i);
      grouped.add(new LabelledText(example.text(), example.label(), groups.get(i)));
    }
    return new LabelledTexts(List.copyOf(grouped), labels);
  }

  /**
   * The same texts with other names for the classes, such as <i>negative</i> for <i>0</i>.
   *
   * @param names the new name of each label
   * @throws IllegalArgumentException if a label has no new name, or two have the same
   */
  public LabelledTexts withLabelNames(Map<String, String> names) {
    if (!names.keySet().equals(new HashSet<>(labels))) {
      throw new IllegalArgumentException(
          "Expected a name for each of the labels " + labels + ", got " + names);
    }
    List<LabelledText> renamed =
        examples.stream()
            .map(
                example ->
                    new LabelledText(
                        example.text(), nameOf(names, example.label()), example.group()))
            .toList();
    return new LabelledTexts(renamed, labels.stream().map(label -> nameOf(names, label)).toList());
  }

  @Override
  public Iterator<LabelledText> iterator() {
    return examples.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelledTexts texts
        && examples.equals(texts.examples)
        && labels.equals(texts.labels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(examples, labels);
  }

  @Override
  public String toString() {
    return "LabelledTexts" + counts();
  }

  private static String nameOf(Map<String, String> names, String label) {
    return Objects.requireNonNull(names.get(label));
  }

  private static boolean isWhole(String label) {
    return label.matches("-?[0-9]{1,18}");
  }
}
