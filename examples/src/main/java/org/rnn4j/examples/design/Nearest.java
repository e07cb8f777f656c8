package org.rnn4j.examples.design;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that an unknown one may have been meant to be. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /**
   * A question such as {@code did you mean epochs?}; empty where no name is near. Near are names
   * that begin with the unknown one, or else are reached by few insertions, deletions and
   * substitutions of a letter (Levenshtein), one for every three letters.
   */
  public static Optional<String> hint(String unknown, Collection<String> names) {
    int within = Math.max(1, unknown.replaceFirst("^-+", "").length() / 3);
    int least = names.stream().mapToInt(name -> edits(unknown, name)).min().orElse(within + 1);
    List<String> longer = names.stream().filter(name -> isBeginning(unknown, name)).toList();
    List<String> near = names.stream().filter(name -> edits(unknown, name) == least).toList();
    List<String> meant =
        (!longer.isEmpty() ? longer : least <= within ? near : List.<String>of())
            .stream().limit(MOST).toList();
    return meant.isEmpty()
        ? Optional.empty()
        : Optional.of("did you mean " + String.join(" or ", meant) + "?");
  }

  private static boolean isBeginning(String unknown, String name) {
    return unknown.replaceFirst("^-+", "").length() >= 2 && name.startsWith(unknown);
  }

  /** The distance of Levenshtein, regardless of case. */
  private static int edits(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
