/** Tests of reading and splitting labelled texts. */
@NullMarked
package org.rnn4j.text.tune;

import org.jspecify.annotations.NullMarked;
