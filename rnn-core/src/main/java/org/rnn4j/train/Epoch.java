package org.rnn4j.train;

import org.jspecify.annotations.Nullable;

/**
 * What one epoch gave.
 *
 * @param number counted from 1
 * @param training scores over the training examples, each taken before the step that its batch
 *     caused, with dropout
 * @param validation scores after the epoch, without dropout; null without validation examples
 * @param tokens tokens trained on
 * @param seconds wall time of the training part
 * @param validationSeconds wall time of the validation part
 */
public record Epoch(
    int number,
    Scores training,
    @Nullable Scores validation,
    long tokens,
    double seconds,
    double validationSeconds) {}
