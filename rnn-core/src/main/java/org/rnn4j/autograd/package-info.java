/**
 * Differentiation: variables, the tape that remembers what was done to them, the differentiable
 * operations that layers are written with, and the check of any gradient against central
 * differences.
 */
@NullMarked
package org.rnn4j.autograd;

import org.jspecify.annotations.NullMarked;
