package org.rnn4j.backend;

import java.util.stream.Stream;

/** The kernels that a run of the tests has: scalar always, SIMD too in the run that asks for it. */
final class KernelsUnderTest {
  private KernelsUnderTest() {}

  static Stream<Kernels> all() {
    Kernels scalar = KernelSelection.select("scalar");
    return "simd".equals(System.getProperty(KernelSelection.PROPERTY))
        ? Stream.of(scalar, KernelSelection.select("simd"))
        : Stream.of(scalar);
  }
}
