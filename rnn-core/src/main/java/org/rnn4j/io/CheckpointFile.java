package org.rnn4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * The state of a training in one file: tensors and texts by name, in the {@linkplain SafeTensors
 * safetensors} format. The metadata begin with {@code rnn4j.crc32}, the checksum of the whole file
 * as in a {@link ModelFile}, and {@code rnn4j.checkpoint}, the version of this arrangement, {@value
 * #VERSION}. A file is written whole or not at all, and no part of it is handed out before the
 * checksum has been found right.
 */
public final class CheckpointFile {
  /** The version that is written, and the only one that is read. */
  public static final int VERSION = 2;

  private static final Checksum CHECKSUM = Checksum.CRC_32;
  private static final String VERSION_KEY = "rnn4j.checkpoint";

  private final Map<String, Tensor> tensors;
  private final Map<String, String> metadata;

  private CheckpointFile(Map<String, Tensor> tensors, Map<String, String> metadata) {
    this.tensors = Collections.unmodifiableMap(tensors);
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Saves a state.
   *
   * @param file the file to make or replace; its folder must exist
   * @throws ModelFileException if the file cannot be written; an old file is then unchanged
   */
  public static void save(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws ModelFileException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(CHECKSUM.key(), CHECKSUM.blank());
    all.put(VERSION_KEY, Integer.toString(VERSION));
    all.putAll(metadata);
    SafeTensors.of(tensors, all).write(file, CHECKSUM);
  }

  /**
   * Loads a state.
   *
   * @throws ModelFileException if there is no such file, it cannot be read, is damaged, or is no
   *     checkpoint of this version
   */
  public static CheckpointFile load(Path file) throws ModelFileException {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(reader.metadata());
      requireVersion(file, metadata.remove(VERSION_KEY));
      Map<String, Tensor> tensors =
          reader.checkedTensors(CHECKSUM, metadata.remove(CHECKSUM.key()));
      return new CheckpointFile(tensors, metadata);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelFileException(file, "could not be closed: " + e.getMessage(), e);
    }
  }

  private static void requireVersion(Path file, @Nullable String version)
      throws ModelFileException {
    if (version == null) {
      throw new ModelFileException(
          file,
          "expected the checkpoint of a training, got a safetensors file without "
              + VERSION_KEY
              + ": it is a model, or another program wrote it");
    }
    if (!version.equals(Integer.toString(VERSION))) {
      throw new ModelFileException(
          file,
          "expected a checkpoint of version %d, which this library reads, got version %s: another rnn4j wrote it, and is needed to go on"
              .formatted(VERSION, version));
    }
  }

  /** The tensors by name. */
  public Map<String, Tensor> tensors() {
    return tensors;
  }

  /** The texts by name. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
