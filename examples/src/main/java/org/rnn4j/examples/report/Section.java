package org.rnn4j.examples.report;

import java.util.List;

/**
 * A part of a report under a heading of its own.
 *
 * @param heading a few words
 * @param blocks from top to bottom
 */
public record Section(String heading, List<Block> blocks) {
  /** Copies the list. */
  public Section {
    blocks = List.copyOf(blocks);
  }
}
