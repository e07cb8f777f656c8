package org.rnn4j.layer;

/** What a layer does to one text at inference, without taking memory. For one thread. */
@FunctionalInterface
interface TextStage {
  /** Replaces the rows by the layer's output. */
  void run(TextRows rows);
}
