/**
 * Files: weights in the safetensors format, which Python's safetensors opens too; whole models with
 * all that belongs to them in one such file; and the writing of a file so that its old content
 * stays whole until the new one is. What is read is not trusted: nothing is allocated that the size
 * of the file does not bear, and nothing is handed out before all of it is checked.
 */
@NullMarked
package org.rnn4j.io;

import org.jspecify.annotations.NullMarked;
