/**
 * The kernels over the Vector API, the only code that needs the module {@code
 * jdk.incubator.vector}. Nothing outside names these classes: {@link
 * org.rnn4j.backend.KernelSelection} loads them by reflection where the module is there.
 */
@NullMarked
package org.rnn4j.backend.simd;

import org.jspecify.annotations.NullMarked;
