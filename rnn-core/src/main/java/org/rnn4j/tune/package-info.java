/**
 * Search for hyper-parameters by cross-validation. A {@link org.rnn4j.tune.Space} of {@link
 * org.rnn4j.tune.Dimension}s says which {@link org.rnn4j.tune.Configuration}s there are; a {@link
 * org.rnn4j.tune.SearchMethod} proposes some of them; a {@link org.rnn4j.tune.Search} has each
 * scored on every fold by an {@link org.rnn4j.tune.Objective}, keeps a journal, and gives a {@link
 * org.rnn4j.tune.SearchResult}. The result depends on the search's settings and seed, never on
 * threads, time, or how often it was interrupted.
 */
@NullMarked
package org.rnn4j.tune;

import org.jspecify.annotations.NullMarked;
