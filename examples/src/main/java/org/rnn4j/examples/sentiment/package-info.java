/**
 * The sentiment program: a command line that trains, evaluates and uses models that tell what a
 * text thinks of its subject. {@link org.rnn4j.examples.sentiment.Sentiment} is the program, each
 * of its commands a class of its own, {@link org.rnn4j.examples.design.Preset} the networks it
 * knows. Results go to standard output, messages to standard error.
 */
@NullMarked
package org.rnn4j.examples.sentiment;

import org.jspecify.annotations.NullMarked;
