/**
 * Pictures of how a training went, drawn without a screen: {@link
 * org.rnn4j.examples.chart.LearningCurves} puts the loss and the accuracy of one or more models
 * into one PNG file.
 */
@NullMarked
package org.rnn4j.examples.chart;

import org.jspecify.annotations.NullMarked;
