/**
 * Tests of what is written to files and read back, and of files that are not what they should be.
 */
@NullMarked
package org.rnn4j.io;

import org.jspecify.annotations.NullMarked;
