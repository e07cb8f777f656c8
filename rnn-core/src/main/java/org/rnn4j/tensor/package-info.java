/**
 * Dense row-major tensors of two data types over EJML matrices, their shapes, the seeded streams of
 * random numbers that everything random is drawn from, and the initialisers of weights. Nothing
 * here computes gradients.
 */
@NullMarked
package org.rnn4j.tensor;

import org.jspecify.annotations.NullMarked;
