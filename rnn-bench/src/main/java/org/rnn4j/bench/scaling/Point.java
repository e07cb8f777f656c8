package org.rnn4j.bench.scaling;

/**
 * One measurement.
 *
 * @param extent what was varied: tokens a text, texts a batch, hidden size or threads
 * @param work multiply-adds of a step's products, in millions
 * @param milliseconds the median time of a step
 */
record Point(int extent, double work, double milliseconds) {}
