/**
 * A corpus of short made-up reviews whose judgement hangs on the order of the words, for trying a
 * network without any data: {@link org.rnn4j.examples.demo.DemoCorpus} draws it from a seed, out of
 * the sentence {@link org.rnn4j.examples.demo.Frame frames} and the {@link
 * org.rnn4j.examples.demo.Topic topics} they are filled with.
 */
@NullMarked
package org.rnn4j.examples.demo;

import org.jspecify.annotations.NullMarked;
