/**
 * From a text to its class: {@link org.rnn4j.text.classify.TextClassifier} joins a text pipeline, a
 * network and the names of the classes, learns from labelled texts, is scored, judges new texts,
 * and is one file on disk.
 */
@NullMarked
package org.rnn4j.text.classify;

import org.jspecify.annotations.NullMarked;
