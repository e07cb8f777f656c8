package org.rnn4j.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class KernelSelectionTest {
  @Test
  void the_property_decides() {
    String property = System.getProperty(KernelSelection.PROPERTY, "auto");
    assertThat(KernelSelection.kernels()).isSameAs(KernelSelection.kernels());
    if (!property.equals("auto")) {
      assertThat(KernelSelection.kernels().name()).startsWith(property);
    }
  }

  @Test
  void scalar_kernels_can_always_be_had() {
    assertThat(KernelSelection.select("scalar").name()).isEqualTo("scalar");
    assertThat(KernelSelection.select(" Scalar ").name()).isEqualTo("scalar");
  }

  @Test
  void unknown_names_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KernelSelection.select("avx"))
        .withMessageContaining("rnn.kernels")
        .withMessageContaining("auto, scalar or simd")
        .withMessageContaining("\"avx\"");
  }

  @Test
  @EnabledIfSystemProperty(
      named = KernelSelection.PROPERTY,
      matches = "scalar",
      disabledReason = "only the scalar run of the tests lacks the Vector API")
  void without_the_vector_module_simd_fails_naming_the_flag_and_auto_is_scalar() {
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> KernelSelection.select("simd"))
        .withMessageContaining("--add-modules=jdk.incubator.vector");
    assertThat(KernelSelection.select("auto").name()).isEqualTo("scalar");
  }

  @Test
  @EnabledIfSystemProperty(
      named = KernelSelection.PROPERTY,
      matches = "simd",
      disabledReason = "only the SIMD run of the tests has the Vector API")
  void with_the_vector_module_auto_is_simd() {
    assertThat(KernelSelection.select("auto").name()).startsWith("simd-");
  }
}
