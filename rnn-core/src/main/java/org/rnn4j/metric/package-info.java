/**
 * Numbers that say how good predictions are, and how far they can be trusted. {@link
 * org.rnn4j.metric.Predictions} are probabilities beside labels; from them follow the {@link
 * org.rnn4j.metric.ConfusionMatrix} with its rates, the {@link org.rnn4j.metric.RocCurve} and the
 * {@link org.rnn4j.metric.PrecisionRecallCurve}, the {@link org.rnn4j.metric.Calibration}, and any
 * {@link org.rnn4j.metric.CollectedMetric}. An {@link org.rnn4j.metric.Interval} comes from
 * Wilson's formula or a {@link org.rnn4j.metric.Bootstrap}; {@link org.rnn4j.metric.McNemar}
 * compares two classifiers on the same rows. A {@link org.rnn4j.metric.Metric} is what a training
 * reports.
 *
 * <p>Nothing here is not-a-number without a word: where rows do not define a number there is a
 * documented value or an error that says what is missing.
 */
@NullMarked
package org.rnn4j.metric;

import org.jspecify.annotations.NullMarked;
