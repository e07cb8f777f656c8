package org.rnn4j.text;

import java.util.ArrayList;
import java.util.List;

/** The way from a cleaned text back to the original, through the {@link Edits} of each step. */
final class Trace {
  private final List<Edits> steps = new ArrayList<>();

  /** The next step of cleaning, which notes in it what it changes. */
  Edits step() {
    Edits step = new Edits();
    steps.add(step);
    return step;
  }

  /** A token that was cut from the cleaned text, with its place in the original. */
  Token token(String text, int start, int end) {
    int first = start;
    int last = end;
    for (int i = steps.size() - 1; i >= 0; i--) {
      last = steps.get(i).readTo(last - 1);
      first = steps.get(i).readFrom(first);
    }
    return new Token(text, first, last);
  }
}
