/**
 * Output for people who sit before a terminal, and for logs that nobody watches: {@link
 * org.rnn4j.examples.terminal.Table} lines up columns, {@link
 * org.rnn4j.examples.terminal.ProgressBar} shows how far a training is, {@link
 * org.rnn4j.examples.terminal.Terminal} knows which of the two it is. Knows nothing of networks.
 */
@NullMarked
package org.rnn4j.examples.terminal;

import org.jspecify.annotations.NullMarked;
