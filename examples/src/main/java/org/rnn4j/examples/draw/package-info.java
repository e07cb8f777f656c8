/**
 * Drawings of lines, areas, circles and texts, as SVG and PNG. A {@link
 * org.rnn4j.examples.draw.Canvas} collects {@link org.rnn4j.examples.draw.Element}s into a {@link
 * org.rnn4j.examples.draw.Picture}, which is the same for both formats: what is laid out never asks
 * a font of the machine, so the same data give the same SVG, byte for byte, everywhere.
 */
@NullMarked
package org.rnn4j.examples.draw;

import org.jspecify.annotations.NullMarked;
