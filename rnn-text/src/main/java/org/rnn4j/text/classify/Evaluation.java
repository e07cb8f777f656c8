package org.rnn4j.text.classify;

/**
 * How well a classifier judges labelled texts.
 *
 * @param examples how many texts were judged
 * @param loss the mean loss of a text
 * @param accuracy the share of texts whose most probable class is theirs, from 0 to 1
 * @param seconds wall time, preparing the texts included
 */
public record Evaluation(int examples, double loss, double accuracy, double seconds) {}
