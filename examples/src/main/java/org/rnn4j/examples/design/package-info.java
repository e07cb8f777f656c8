/**
 * What a classifier and its training are told, as data: {@link org.rnn4j.examples.design.Design} is
 * a value for each of the {@link org.rnn4j.examples.design.Settings}, {@link
 * org.rnn4j.examples.design.Preset} names designs that are ready for use. A command line, a file or
 * a search sets any of them by name, and pipeline, network and training follow from the design.
 */
@NullMarked
package org.rnn4j.examples.design;

import org.jspecify.annotations.NullMarked;
