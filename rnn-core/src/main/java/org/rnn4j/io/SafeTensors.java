package org.rnn4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * Named tensors and texts in one file of the <a
 * href="https://huggingface.co/docs/safetensors">safetensors</a> format, which most frameworks read
 * and write: 8 bytes with the length of the header as a little-endian unsigned integer, the header
 * as a JSON object that says of each tensor its {@code dtype}, {@code shape} and {@code
 * data_offsets} and of the file its {@code __metadata__}, then the elements, row-major and
 * little-endian.
 *
 * <p>The reader is strict. It takes the element types {@code F32} and {@code F64}; the header is at
 * most 100,000,000 bytes; no name may come twice; the tensors must cover the data exactly, without
 * an overlap or a hole. Memory is taken only after the size of the file has been found to bear it.
 * The writer gives the same bytes for the same tensors and metadata in the same order; the header
 * is padded with spaces to a multiple of 8 bytes.
 *
 * <p>This is the format alone, for exchange with other programs. A network with all that belongs to
 * it is a {@link ModelFile}, which also notices damaged bytes.
 */
public final class SafeTensors {
  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  private SafeTensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * The given tensors, which are not copied, and metadata, in the order of the maps.
   *
   * @param tensors by name; the name {@code __metadata__} is the format's own
   * @param metadata texts by name; may be empty
   */
  public static SafeTensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    return new SafeTensors(new LinkedHashMap<>(tensors), new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a whole file.
   *
   * @throws ModelFileException if there is no such file, it cannot be read, or it is not a file of
   *     this format as described above; the message says what was expected and what came
   */
  public static SafeTensors read(Path file) throws ModelFileException {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      return of(reader.tensors(null), reader.metadata());
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelFileException(file, "could not be closed: " + e.getMessage(), e);
    }
  }

  /** The tensors by name; after {@link #read} in the order of their data. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The texts by name, in the order of the file. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * Writes a file, whole or not at all, as {@link AtomicFiles} does.
   *
   * @throws IllegalArgumentException if a tensor is named {@code __metadata__}, if a text holds
   *     half of a surrogate pair, or if names and metadata exceed 100,000,000 bytes
   * @throws ModelFileException if the file cannot be written; an old file is then unchanged
   */
  public void write(Path file) throws ModelFileException {
    write(file, null);
  }

  /**
   * Writes a file.
   *
   * @param checksum the sum whose zeros stand first among the metadata and are replaced, or null
   */
  void write(Path file, @Nullable Checksum checksum) throws ModelFileException {
    byte[] head = head();
    try {
      AtomicFiles.writeChannel(
          file,
          channel -> {
            Checksum.Sum sum = checksum == null ? null : checksum.start();
            write(new BlockWriter(channel, sum), head);
            if (checksum != null && sum != null) {
              checksum.write(channel, sum.digits());
            }
          });
    } catch (IOException e) {
      throw new ModelFileException(file, "was not saved: " + reason(e), e);
    }
  }

  private void write(BlockWriter writer, byte[] head) throws IOException {
    writer.bytes(head);
    for (Tensor tensor : tensors.values()) {
      writer.tensor(tensor);
    }
  }

  private byte[] head() {
    byte[] header = Header.format(tensors, metadata);
    return ByteBuffer.allocate(Long.BYTES + header.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  private static String reason(IOException e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
