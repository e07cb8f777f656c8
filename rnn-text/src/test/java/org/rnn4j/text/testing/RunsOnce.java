package org.rnn4j.text.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * A test that reaches no kernel, and so need not run with each kind of them: the scalar run leaves
 * it out. {@code ArchitectureTest} refuses it on a class that uses what computes with kernels.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = "rnn.kernels",
    matches = "scalar",
    disabledReason = "reaches no kernel; the SIMD run has it")
public @interface RunsOnce {}
