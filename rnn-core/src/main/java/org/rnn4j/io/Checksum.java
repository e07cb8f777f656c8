package org.rnn4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a whole model file, kept in the metadata of that file: 64 lower-case hexadecimal
 * digits under {@value #KEY}, of the file as it is with 64 zeros in their place. The key comes
 * first in the header, so that the digits always stand at the same place.
 */
final class Checksum {
  static final String KEY = "rnn4j.sha256";

  /** What stands in the place of the digits while they are computed. */
  static final String BLANK = "0".repeat(64);

  private static final byte[] OPENING =
      ("{\"__metadata__\":{\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);
  private static final int POSITION = Long.BYTES + OPENING.length;

  private Checksum() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256, which every Java platform has", e);
    }
  }

  /** Whether the head of a file, its length and its header, has a place for the digits. */
  static boolean standsIn(byte[] head) {
    return head.length >= POSITION + BLANK.length()
        && Arrays.equals(head, Long.BYTES, POSITION, OPENING, 0, OPENING.length);
  }

  /** Begins the sum with the head of a file, whatever digits stand in it. */
  static MessageDigest begin(byte[] head) {
    byte[] blank = head.clone();
    Arrays.fill(blank, POSITION, POSITION + BLANK.length(), (byte) '0');
    MessageDigest digest = sha256();
    digest.update(blank);
    return digest;
  }

  /** Ends the sum. */
  static String digits(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Puts the digits in their place. */
  static void write(FileChannel channel, String digits) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(digits.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes, POSITION + bytes.position());
    }
  }
}
