package org.rnn4j.tune;

/**
 * One round of successive halving.
 *
 * @param configurations how many configurations are tried
 * @param budget what is spent on each, on each fold
 */
public record Rung(int configurations, int budget) {}
