/**
 * Pictures of data, trainings, judgements and searches: {@link
 * org.rnn4j.examples.chart.LearningCurves}, {@link org.rnn4j.examples.chart.ConfusionPicture},
 * {@link org.rnn4j.examples.chart.JudgementCurves}, {@link
 * org.rnn4j.examples.chart.CalibrationPicture}, {@link org.rnn4j.examples.chart.SearchPictures},
 * {@link org.rnn4j.examples.chart.DataPictures} and {@link org.rnn4j.examples.chart.WordPicture}.
 * They take plain numbers and names, know nothing of networks, and have a place for awkward ones:
 * one epoch, a class without examples, long names, scores that are all the same, nothing at all.
 */
@NullMarked
package org.rnn4j.examples.chart;

import org.jspecify.annotations.NullMarked;
