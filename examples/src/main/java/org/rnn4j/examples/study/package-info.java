/**
 * The studies: a {@link org.rnn4j.examples.study.Study} says what is trained and compared, a {@link
 * org.rnn4j.examples.study.StudyRun} does it on {@link org.rnn4j.examples.study.StudyData} beside
 * baselines, and {@link org.rnn4j.examples.study.StudyReport} and {@link
 * org.rnn4j.examples.study.StudyFiles} write down what came of it.
 */
@NullMarked
package org.rnn4j.examples.study;

import org.jspecify.annotations.NullMarked;
