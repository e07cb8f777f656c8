package org.rnn4j.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.Tensor;

/** Equality bit for bit: −0 is not 0, and a NaN equals itself. */
public final class Bits {
  private Bits() {}

  /** Fails unless both tensors are of one type and shape and hold the same bits. */
  public static void requireSame(String what, Tensor expected, Tensor actual) {
    if (expected.type() != actual.type() || !expected.shape().equals(actual.shape())) {
      throw new AssertionError("Expected " + what + " like " + expected + ", got " + actual);
    }
    for (int i = 0; i < expected.size(); i++) {
      requireSame(what + "[" + i + "]", expected.get(i), actual.get(i));
    }
  }

  /** Fails unless a row of one tensor holds the same bits as a row of another. */
  public static void requireSameRow(
      String what, Tensor expected, int expectedRow, Tensor actual, int actualRow) {
    for (int j = 0; j < expected.columns(); j++) {
      requireSame(what + "[" + j + "]", expected.get(expectedRow, j), actual.get(actualRow, j));
    }
  }

  private static void requireSame(String what, double expected, double actual) {
    if (Double.doubleToRawLongBits(expected) != Double.doubleToRawLongBits(actual)) {
      throw new AssertionError("Expected " + what + " to be " + expected + ", got " + actual);
    }
  }

  /** SHA-256 over names and values of all weights of a network, in order. */
  public static String sha256(Sequential model) {
    MessageDigest digest = sha256();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              double[] values = parameter.value().toArray();
              ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
              for (double value : values) {
                bytes.putDouble(value);
              }
              digest.update(bytes.array());
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
