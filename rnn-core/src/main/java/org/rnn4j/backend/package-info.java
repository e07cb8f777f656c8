/**
 * The primitives that networks are made of, on tensors, in two implementations: a short float64
 * reference written with plain EJML operations, which specifies the mathematics, and a fast float32
 * one over hand-written kernels. Which kernels run (scalar or SIMD) is chosen once, at run time,
 * and never changes a bit of any result.
 */
@NullMarked
package org.rnn4j.backend;

import org.jspecify.annotations.NullMarked;
