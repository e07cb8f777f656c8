package org.rnn4j.text;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A Unicode normalisation form, applied in linear time and, where asked for, with {@link Edits}.
 */
enum NormalForm {
  /** Canonical composition. */
  NFC(Normalizer.Form.NFC),
  /** Compatibility composition. */
  NFKC(Normalizer.Form.NFKC);

  /**
   * A run of more combining marks than this is normalised in pieces, as the Stream-Safe Text Format
   * of Annex 15 has it: sorting an endless run takes quadratic time, and no language stacks so
   * many.
   */
  private static final int LONGEST_MARK_RUN = 30;

  /** No cluster of characters that stand for one has more chars, marks of two chars included. */
  private static final int LONGEST_CLUSTER = 4 * LONGEST_MARK_RUN;

  private final Normalizer.Form form;

  NormalForm(Normalizer.Form form) {
    this.form = form;
  }

  /**
   * The normalised text.
   *
   * @param edits what is told where the text changed, or null
   */
  String of(String text, @Nullable Edits edits) {
    if (isAscii(text) || Normalizer.isNormalized(text, form)) {
      return text;
    }
    StringBuilder normalized = new StringBuilder(text.length());
    int start = 0;
    int marks = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      marks = isCombining(codePoint) ? marks + 1 : 0;
      i += Character.charCount(codePoint);
      if (marks == LONGEST_MARK_RUN || i == text.length()) {
        String piece = Normalizer.normalize(text.substring(start, i), form);
        if (edits != null) {
          note(text, start, i, piece, normalized.length(), edits);
        }
        normalized.append(piece);
        start = i;
        marks = 0;
      }
    }
    return normalized.toString();
  }

  /**
   * Notes which clusters of a stretch became what. Java does not say so, but it can be found out:
   * two neighbours belong to different clusters if both together give what each gives alone. Where
   * the clusters together do not give what the stretch did, the stretch counts as one change.
   */
  private void note(String text, int start, int end, String piece, int written, Edits edits) {
    Edits clusters = new Edits();
    StringBuilder joined = new StringBuilder(piece.length());
    for (int i = start; i < end; ) {
      int next = i + Character.charCount(text.codePointAt(i));
      while (next < end && next - i < LONGEST_CLUSTER && interact(text, i, next)) {
        next += Character.charCount(text.codePointAt(next));
      }
      String cluster = text.substring(i, next);
      String normal = isAscii(cluster) ? cluster : Normalizer.normalize(cluster, form);
      int from = joined.length();
      joined.append(normal);
      if (!normal.equals(cluster)) {
        clusters.add(i, next, written + from, written + joined.length());
      }
      i = next;
    }
    if (joined.toString().equals(piece)) {
      edits.addAll(clusters);
    } else {
      edits.add(start, end, written, written + piece.length());
    }
  }

  /** Whether what follows a cluster changes what becomes of it, or the other way about. */
  private boolean interact(String text, int start, int next) {
    int following = text.codePointAt(next);
    if (following < 0x80) {
      return false; // ASCII never combines with what stands before it
    }
    if (isCombining(following)) {
      return true;
    }
    String cluster = text.substring(start, next);
    String neighbour = text.substring(next, next + Character.charCount(following));
    String apart = Normalizer.normalize(cluster, form) + Normalizer.normalize(neighbour, form);
    return !Normalizer.normalize(cluster + neighbour, form).equals(apart);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a code point is sorted among marks: combining ones and the half-width voicing marks.
   */
  private static boolean isCombining(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || codePoint == 0xFF9E
        || codePoint == 0xFF9F;
  }
}
