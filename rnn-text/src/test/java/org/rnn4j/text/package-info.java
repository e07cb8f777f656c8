/** Tests of cleaning, tokenising, vocabularies and the pipeline. */
@NullMarked
package org.rnn4j.text;

import org.jspecify.annotations.NullMarked;
