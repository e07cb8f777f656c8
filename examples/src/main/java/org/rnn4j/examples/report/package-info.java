/**
 * A report as one HTML file that opens without a network: {@link org.rnn4j.examples.report.Report}
 * has {@link org.rnn4j.examples.report.Section}s of {@link org.rnn4j.examples.report.Block}s,
 * {@link org.rnn4j.examples.report.Sections} makes those of a study from plain numbers, texts and
 * pictures, and {@link org.rnn4j.examples.report.ReportFolder} is where it is written to.
 */
@NullMarked
package org.rnn4j.examples.report;

import org.jspecify.annotations.NullMarked;
