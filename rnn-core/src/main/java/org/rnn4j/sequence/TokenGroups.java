package org.rnn4j.sequence;

/**
 * The tokens of a packed batch by their id: the distinct ids in ascending order, and for each the
 * rows of its tokens in packed order. Immutable.
 */
public final class TokenGroups {
  private static final int DIGIT_BITS = 11;

  private final int[] ids;
  private final int[] starts;
  private final int[] tokens;
  private final int[] groupOf;

  private TokenGroups(int[] ids, int[] starts, int[] tokens, int[] groupOf) {
    this.ids = ids;
    this.starts = starts;
    this.tokens = tokens;
    this.groupOf = groupOf;
  }

  /** Groups tokens by a stable radix sort of their ids. */
  static TokenGroups of(int[] tokenIds) {
    int greatest = 0;
    int[] order = new int[tokenIds.length];
    for (int token = 0; token < order.length; token++) {
      order[token] = token;
      greatest = Math.max(greatest, tokenIds[token]);
    }
    int[] spare = new int[order.length];
    for (int shift = 0; shift < Integer.SIZE && greatest >> shift > 0; shift += DIGIT_BITS) {
      sortByDigit(tokenIds, order, spare, shift);
      int[] sorted = spare;
      spare = order;
      order = sorted;
    }
    int distinct = 0;
    for (int i = 0; i < order.length; i++) {
      if (i == 0 || tokenIds[order[i]] != tokenIds[order[i - 1]]) {
        distinct++;
      }
    }
    int[] ids = new int[distinct];
    int[] starts = new int[distinct + 1];
    int[] groupOf = new int[order.length];
    int group = -1;
    for (int i = 0; i < order.length; i++) {
      if (i == 0 || tokenIds[order[i]] != tokenIds[order[i - 1]]) {
        group++;
        ids[group] = tokenIds[order[i]];
        starts[group] = i;
      }
      groupOf[order[i]] = group;
    }
    starts[distinct] = order.length;
    return new TokenGroups(ids, starts, order, groupOf);
  }

  private static void sortByDigit(int[] keys, int[] from, int[] to, int shift) {
    int mask = (1 << DIGIT_BITS) - 1;
    int[] places = new int[mask + 2];
    for (int token : from) {
      places[(keys[token] >> shift & mask) + 1]++;
    }
    for (int digit = 1; digit < places.length; digit++) {
      places[digit] += places[digit - 1];
    }
    for (int token : from) {
      to[places[keys[token] >> shift & mask]++] = token;
    }
  }

  /** How many distinct ids there are. */
  public int size() {
    return ids.length;
  }

  /** The id of a group; ids ascend. */
  public int id(int group) {
    return ids[group];
  }

  /** The first place of a group's tokens; a group ends where the next starts. */
  public int start(int group) {
    return starts[group];
  }

  /** The packed row of the token at a place. */
  public int token(int place) {
    return tokens[place];
  }

  /** The group of the token at a packed row. */
  public int group(int token) {
    return groupOf[token];
  }

  /** The distinct ids in ascending order; not to be changed. */
  public int[] ids() {
    return ids;
  }
}
