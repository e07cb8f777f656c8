/**
 * What other frameworks compute, and the tests that hold this library to it: golden files in
 * float64 made by the scripts in {@code src/test/python}, and recorded fixtures of Keras and ONNX
 * where the property {@code rnn.shared} says where they lie.
 */
@NullMarked
package org.rnn4j.goldens;

import org.jspecify.annotations.NullMarked;
