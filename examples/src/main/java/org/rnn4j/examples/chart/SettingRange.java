package org.rnn4j.examples.chart;

/** How a setting's numbers were drawn from a range, and are therefore laid out on an axis. */
public enum SettingRange {
  /** Evenly. */
  LINEAR,
  /** Evenly by their logarithms. */
  LOGARITHMIC
}
