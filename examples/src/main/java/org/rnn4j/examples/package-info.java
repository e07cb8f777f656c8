/**
 * Small programs, each about one thing: {@link org.rnn4j.examples.FirstProgram} trains, saves and
 * uses a classifier, {@link org.rnn4j.examples.CustomLayer} holds a layer of one's own against
 * finite differences. The larger sentiment program stands in {@code org.rnn4j.examples.sentiment}.
 */
@NullMarked
package org.rnn4j.examples;

import org.jspecify.annotations.NullMarked;
