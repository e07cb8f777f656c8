package org.rnn4j.backend;

import java.util.stream.Stream;

/**
 * The kernels that a run of the tests has: scalar always; in the run that asks for SIMD those too,
 * and those of {@code auto}, which begin with scalar code on matrices packed for SIMD.
 */
final class KernelsUnderTest {
  private KernelsUnderTest() {}

  static Stream<Kernels> all() {
    return "simd".equals(System.getProperty(KernelSelection.PROPERTY))
        ? Stream.of("scalar", "simd", "auto").map(KernelSelection::select)
        : Stream.of(KernelSelection.select("scalar"));
  }
}
