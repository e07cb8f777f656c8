package org.rnn4j.text;

import java.util.ArrayList;
import java.util.List;

/**
 * What one step of cleaning changed: which stretches of the text it read became which of the text
 * it wrote. Between them it copied character by character. So the place of any written character in
 * the text that was read can be told, and nothing need be kept for a text that did not change.
 */
final class Edits {
  private final List<Edit> edits = new ArrayList<>();

  /** Characters from one place to before another became others; either side may be empty. */
  private record Edit(int readFrom, int readTo, int writtenFrom, int writtenTo) {}

  /** Notes a change; changes are noted in the order of what is written. */
  void add(int readFrom, int readTo, int writtenFrom, int writtenTo) {
    edits.add(new Edit(readFrom, readTo, writtenFrom, writtenTo));
  }

  /** Notes the changes that another one has, all of which lie behind those here. */
  void addAll(Edits others) {
    edits.addAll(others.edits);
  }

  /** Where that begins in the text read which a written character was made of. */
  int readFrom(int written) {
    Edit edit = at(written);
    return written < edit.writtenTo ? edit.readFrom : edit.readTo + written - edit.writtenTo;
  }

  /** The index behind that in the text read which a written character was made of. */
  int readTo(int written) {
    Edit edit = at(written);
    return written < edit.writtenTo ? edit.readTo : edit.readTo + written - edit.writtenTo + 1;
  }

  /** The last change that begins at or before a written character. */
  private Edit at(int written) {
    int low = 0;
    int high = edits.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edits.get(middle).writtenFrom <= written) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? new Edit(0, 0, 0, 0) : edits.get(low - 1);
  }
}
