/**
 * Reading and writing JSON as plain maps, lists, strings and numbers: the one place that knows the
 * JSON library.
 */
@NullMarked
package org.rnn4j.json;

import org.jspecify.annotations.NullMarked;
