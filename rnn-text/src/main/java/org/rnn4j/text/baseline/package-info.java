/**
 * Classifiers that do not read word after word, for networks to be compared with: the most frequent
 * class ({@link org.rnn4j.text.baseline.MajorityClass}), and linear models of the words and word
 * pairs of a text ({@link org.rnn4j.text.baseline.LogisticRegression}, {@link
 * org.rnn4j.text.baseline.NbSvm}). Each is a {@link org.rnn4j.text.classify.Classifier}. The linear
 * models are solved by liblinear; they are trained in seconds and live in memory only.
 */
@NullMarked
package org.rnn4j.text.baseline;

import org.jspecify.annotations.NullMarked;
