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
 * The sum of a whole model file, kept in the metadata of that file: lower-case hexadecimal digits,
 * of the file as it is with zeros in their place. The key comes first in the header, so that the
 * digits always stand at the same place.
 *
 * <p>A sum finds damage, not forgery. CRC-32 is native code from the start of a JVM; a
 * cryptographic sum, of which nothing is compiled yet, takes a fifth of the time from a program's
 * start to its first prediction.
 */
enum Checksum {
  /** Of files of version 1. */
  SHA_256("rnn4j.sha256", 32) {
    @Override
    Sum start() {
      MessageDigest digest = digest();
      return new Sum() {
        @Override
        public void add(byte[] bytes, int count) {
          digest.update(bytes, 0, count);
        }

        @Override
        public String digits() {
          return HexFormat.of().formatHex(digest.digest());
        }
      };
    }
  },
  /** Of files of version 2. */
  CRC_32("rnn4j.crc32", Integer.BYTES) {
    @Override
    Sum start() {
      java.util.zip.CRC32 crc = new java.util.zip.CRC32();
      return new Sum() {
        @Override
        public void add(byte[] bytes, int count) {
          crc.update(bytes, 0, count);
        }

        @Override
        public String digits() {
          return HexFormat.of().toHexDigits((int) crc.getValue());
        }
      };
    }
  };

  private final String key;
  private final String blank;
  private final byte[] opening;
  private final int position;

  Checksum(String key, int bytes) {
    this.key = key;
    this.blank = "0".repeat(2 * bytes);
    this.opening = ("{\"__metadata__\":{\"" + key + "\":\"").getBytes(StandardCharsets.US_ASCII);
    this.position = Long.BYTES + opening.length;
  }

  /** A sum over bytes in the order in which they are added. */
  interface Sum {
    /** Adds the first bytes of a block. */
    void add(byte[] bytes, int count);

    /** The sum as digits; nothing may be added after. */
    String digits();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Expected SHA-256, which every Java platform has", e);
    }
  }

  /** A sum of nothing yet. */
  abstract Sum start();

  /** The name of the sum among the metadata. */
  String key() {
    return key;
  }

  /** What stands in the place of the digits while they are computed. */
  String blank() {
    return blank;
  }

  /** Whether the head of a file, its length and its header, has a place for the digits. */
  boolean standsIn(byte[] head) {
    return head.length >= position + blank.length()
        && Arrays.equals(head, Long.BYTES, position, opening, 0, opening.length);
  }

  /** Begins the sum with the head of a file, whatever digits stand in it. */
  Sum begin(byte[] head) {
    byte[] zeroed = head.clone();
    Arrays.fill(zeroed, position, position + blank.length(), (byte) '0');
    Sum sum = start();
    sum.add(zeroed, zeroed.length);
    return sum;
  }

  /** Puts the digits in their place. */
  void write(FileChannel channel, String digits) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(digits.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes, position + bytes.position());
    }
  }
}
