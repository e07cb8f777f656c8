/**
 * Labelled texts and where they come from: {@link org.rnn4j.text.data.TsvReader}, {@link
 * org.rnn4j.text.data.CsvReader}, {@link org.rnn4j.text.data.AclImdbReader} and {@link
 * org.rnn4j.text.data.Sentiment140Reader} read files, plain or gzip, into {@link
 * org.rnn4j.text.data.LabelledTexts}, {@link org.rnn4j.text.data.Split} parts them for training,
 * validation and testing, and {@link org.rnn4j.text.data.Folds} for cross-validation. Whatever is
 * wrong with a file is a {@link org.rnn4j.text.data.DataException} that names file, line, what was
 * expected and what came.
 */
@NullMarked
package org.rnn4j.text.data;

import org.jspecify.annotations.NullMarked;
