package org.rnn4j.backend.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vectors that all SIMD kernels work with.
 *
 * <p>No method of this package takes or gives a vector. The JIT compiler always inlines the Vector
 * API itself, but may refuse methods of ours once the code around a call has grown, and a vector
 * that crosses a call is an object on the heap, ten times slower. So loops write their expressions
 * out, and longer ones hand over through arrays.
 */
final class Lanes {
  /** The width that the machine prefers. */
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Floats in a vector. */
  static final int LANES = SPECIES.length();

  private Lanes() {}
}
