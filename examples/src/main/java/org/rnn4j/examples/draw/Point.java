package org.rnn4j.examples.draw;

/**
 * A place in a picture.
 *
 * @param x pixels from the left
 * @param y pixels from the top
 */
public record Point(double x, double y) {}
