/**
 * From a text to word numbers: {@link org.rnn4j.text.TextCleaner} removes markup and evens out
 * Unicode and case, {@link org.rnn4j.text.Tokenizer} cuts the text into tokens, {@link
 * org.rnn4j.text.Vocabulary} numbers them, {@link org.rnn4j.text.Truncation} bounds their count,
 * and {@link org.rnn4j.text.TextPipeline} is the four in a row, the part of a model file that turns
 * a new text into exactly the numbers the network was trained on. Everything here is immutable, and
 * the time it takes grows with the length of the text and no faster, whatever the text holds.
 */
@NullMarked
package org.rnn4j.text;

import org.jspecify.annotations.NullMarked;
