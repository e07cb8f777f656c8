package org.rnn4j.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Bounds how many tokens of a text the network reads. Reviews tend to end with their verdict, so
 * {@linkplain #keepLast keeping the last} tokens is usually the better choice for them.
 *
 * @param keep which end of a text that is too long stays
 * @param maximumLength the most tokens that stay, 1 or more
 */
public record Truncation(Keep keep, int maximumLength) {

  /** Which end of a text stays. */
  public enum Keep {
    /** The beginning stays. */
    FIRST,
    /** The end stays. */
    LAST
  }

  private static final Truncation NONE = new Truncation(Keep.FIRST, Integer.MAX_VALUE);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if the maximum length is below 1
   */
  public Truncation {
    Objects.requireNonNull(keep, "keep");
    if (maximumLength < 1) {
      throw new IllegalArgumentException(
          "Expected a maximumLength of 1 or more tokens, got " + maximumLength);
    }
  }

  /** Keeps the first {@code maximumLength} tokens. */
  public static Truncation keepFirst(int maximumLength) {
    return new Truncation(Keep.FIRST, maximumLength);
  }

  /** Keeps the last {@code maximumLength} tokens. */
  public static Truncation keepLast(int maximumLength) {
    return new Truncation(Keep.LAST, maximumLength);
  }

  /** Keeps every token. */
  public static Truncation none() {
    return NONE;
  }

  /** The ids that stay: the array itself if it is short enough, otherwise a copy of one end. */
  public int[] apply(int[] ids) {
    if (ids.length <= maximumLength) {
      return ids;
    }
    int start = keep == Keep.FIRST ? 0 : ids.length - maximumLength;
    return Arrays.copyOfRange(ids, start, start + maximumLength);
  }

  /** The settings as JSON values. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("keep", keep.name());
    map.put("maximumLength", maximumLength);
    return map;
  }

  static Truncation fromMap(JsonFields fields) {
    Truncation truncation =
        new Truncation(fields.constant("keep", Keep.class), fields.whole("maximumLength"));
    fields.expectNoMore();
    return truncation;
  }
}
