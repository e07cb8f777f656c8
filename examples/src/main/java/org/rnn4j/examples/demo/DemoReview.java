package org.rnn4j.examples.demo;

/**
 * One made-up review.
 *
 * @param text what the reviewer says
 * @param positive the judgement it comes to
 * @param frame how the judgement is put into words
 */
public record DemoReview(String text, boolean positive, String frame) {}
