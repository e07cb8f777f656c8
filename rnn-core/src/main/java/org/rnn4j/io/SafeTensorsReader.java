package org.rnn4j.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * One pass over a safetensors file: its head when it is opened, so that the metadata can be looked
 * at, then its tensors. All memory it takes is bounded by the size of the file before it is taken.
 */
final class SafeTensorsReader implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final long dataBytes;
  private final byte[] head;
  private final Header header;

  private SafeTensorsReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long fileBytes = channel.size();
    if (fileBytes < Long.BYTES) {
      throw new ModelFileException(
          file,
          "expected a safetensors file of at least 8 bytes, got %d: %s"
              .formatted(
                  fileBytes, fileBytes == 0 ? "the file is empty" : "the file was cut short"));
    }
    byte[] lengthBytes = BlockReader.bytes(channel, Long.BYTES);
    int headerBytes = headerBytes(lengthBytes, fileBytes - Long.BYTES);
    this.head = Arrays.copyOf(lengthBytes, Long.BYTES + headerBytes);
    byte[] text = BlockReader.bytes(channel, headerBytes);
    System.arraycopy(text, 0, head, Long.BYTES, headerBytes);
    this.header = Header.parse(file, text);
    this.dataBytes = fileBytes - head.length;
  }

  static SafeTensorsReader open(Path file) throws ModelFileException {
    if (!Files.isRegularFile(file)) {
      String found =
          Files.isDirectory(file)
              ? "a folder"
              : Files.exists(file) ? "something else" : "none: check the path";
      throw new ModelFileException(file, "expected a file, found " + found);
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file);
      return new SafeTensorsReader(file, channel);
    } catch (IOException e) {
      close(channel, e);
      throw unreadable(file, e);
    } catch (RuntimeException | Error e) {
      close(channel, e);
      throw e;
    }
  }

  private static void close(@Nullable FileChannel channel, Throwable failure) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private int headerBytes(byte[] lengthBytes, long available) throws ModelFileException {
    long length = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    // The length is unsigned: from 2^63 on it is negative here.
    if (length < 0 || length > Header.LARGEST_BYTES) {
      throw new ModelFileException(
          file,
          "expected a header of at most %d bytes, got a length of %s: the file is damaged or no safetensors file"
              .formatted(Header.LARGEST_BYTES, Long.toUnsignedString(length)));
    }
    if (length > available) {
      throw new ModelFileException(
          file,
          "expected a header of %d bytes, got %d up to the end: the file was cut short, is damaged or no safetensors file"
              .formatted(length, available));
    }
    return (int) length;
  }

  Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads all tensors in the order of their data.
   *
   * @param sum is given the bytes after the header, or {@code null}
   */
  Map<String, Tensor> tensors(Checksum.@Nullable Sum sum) throws ModelFileException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    BlockReader reader = new BlockReader(channel, sum);
    try {
      for (Header.Entry entry : header.entries(dataBytes)) {
        tensors.put(entry.name(), reader.tensor(entry.type(), entry.shape()));
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return tensors;
  }

  /**
   * Reads all tensors, and holds the whole file to its checksum.
   *
   * @param expected the checksum that the metadata have, or {@code null} for none
   */
  Map<String, Tensor> checkedTensors(Checksum checksum, @Nullable String expected)
      throws ModelFileException {
    if (expected == null || !checksum.standsIn(head)) {
      throw new ModelFileException(
          file,
          "expected the checksum %s at the head of the file, got none: it is damaged, or another program wrote it anew"
              .formatted(checksum.key()));
    }
    Checksum.Sum sum = checksum.begin(head);
    Map<String, Tensor> tensors = tensors(sum);
    String actual = sum.digits();
    if (!actual.equals(expected)) {
      throw new ModelFileException(
          file,
          "expected the checksum %s, got %s: the file is damaged or was changed"
              .formatted(expected, actual));
    }
    return tensors;
  }

  private static ModelFileException unreadable(Path file, IOException e) {
    if (e instanceof ModelFileException known) {
      return known;
    }
    if (e instanceof AccessDeniedException) {
      return new ModelFileException(file, "expected a file that can be read, got no permission", e);
    }
    String cause = e instanceof EOFException ? "" : e.getClass().getSimpleName() + ": ";
    return new ModelFileException(file, "could not be read: " + cause + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
