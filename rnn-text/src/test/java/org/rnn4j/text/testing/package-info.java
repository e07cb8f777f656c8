/** What the tests of several packages share. */
@NullMarked
package org.rnn4j.text.testing;

import org.jspecify.annotations.NullMarked;
