package org.rnn4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.layer.LayerTypes;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.Tensor;

/**
 * A network in one file, with all that belongs to it. The file is of the {@linkplain SafeTensors
 * safetensors} format: the weights stand under the names of {@link Sequential#parameters}, such as
 * {@code gru_2.input_weights}, and the metadata hold
 *
 * <ul>
 *   <li>{@code rnn4j.crc32}, the CRC-32 of the whole file as 8 hexadecimal digits, computed with 8
 *       zeros in their place (in version 1 {@code rnn4j.sha256}, 64 digits);
 *   <li>{@code rnn4j.version}, the version of this arrangement, {@value #VERSION};
 *   <li>{@code rnn4j.model}, the layers as JSON, {@link Sequential#configuration};
 *   <li>whatever the program adds, sorted by name: its vocabulary, its labels.
 * </ul>
 *
 * <p>Equal networks with equal metadata give equal bytes, and so does saving again what was loaded.
 * A file is written whole or not at all, as {@link AtomicFiles} says. It is loaded in one pass, and
 * no part of it is handed out before the checksum, the layers and every tensor have been found
 * right. Memory for the weights is taken only where the size of the file bears it.
 *
 * <pre>{@code
 * ModelFile.save(path, model, Map.of("labels", "[\"negative\",\"positive\"]"));
 * Sequential loaded = ModelFile.load(path).model();
 * }</pre>
 */
public final class ModelFile {
  /** The version that is written; it and all before it are read. */
  public static final int VERSION = 2;

  /** How files are summed up, by version. */
  private static final List<Checksum> CHECKSUMS = List.of(Checksum.SHA_256, Checksum.CRC_32);

  private static final Checksum CHECKSUM = CHECKSUMS.get(VERSION - 1);

  private static final String VERSION_KEY = "rnn4j.version";
  private static final String MODEL_KEY = "rnn4j.model";
  private static final List<String> OWN_KEYS =
      List.of(Checksum.SHA_256.key(), CHECKSUM.key(), VERSION_KEY, MODEL_KEY);

  private final Sequential model;
  private final Map<String, String> metadata;

  private ModelFile(Sequential model, Map<String, String> metadata) {
    this.model = model;
    this.metadata = Collections.unmodifiableMap(metadata);
  }

  /**
   * Saves a network; it must not be trained at the same time.
   *
   * @param file the file to make or replace; its folder must exist
   * @param model the network
   * @param metadata texts by name that {@link #metadata} gives back; may be empty
   * @throws IllegalArgumentException if the metadata use a name listed above, hold half of a
   *     surrogate pair, or exceed 100,000,000 bytes
   * @throws ModelFileException if the file cannot be written; an old file is then unchanged
   */
  public static void save(Path file, Sequential model, Map<String, String> metadata)
      throws ModelFileException {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(CHECKSUM.key(), CHECKSUM.blank());
    all.put(VERSION_KEY, Integer.toString(VERSION));
    all.put(MODEL_KEY, Json.write(model.configuration()));
    for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
      if (OWN_KEYS.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            "Expected metadata under names other than " + OWN_KEYS + ", got " + entry.getKey());
      }
      all.put(entry.getKey(), entry.getValue());
    }
    Map<String, Tensor> weights = new LinkedHashMap<>();
    model.parameters().forEach((name, parameter) -> weights.put(name, parameter.value()));
    SafeTensors.of(weights, all).write(file, CHECKSUM);
  }

  /**
   * Loads a network of the library's own layers.
   *
   * @throws ModelFileException as {@link #load(Path, LayerTypes)}
   */
  public static ModelFile load(Path file) throws ModelFileException {
    return load(file, LayerTypes.standard());
  }

  /**
   * Loads a network.
   *
   * @param types the layers that the file may hold
   * @throws ModelFileException if there is no such file, it cannot be read, is damaged, is not a
   *     model file or one of a newer version, or if its weights are not those of its layers
   */
  public static ModelFile load(Path file, LayerTypes types) throws ModelFileException {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      Map<String, String> metadata = new LinkedHashMap<>(reader.metadata());
      Checksum checksum = checksum(file, metadata.remove(VERSION_KEY));
      Map<String, Tensor> weights =
          reader.checkedTensors(checksum, metadata.remove(checksum.key()));
      Sequential model = model(file, metadata.remove(MODEL_KEY), types, weights);
      return new ModelFile(model, metadata);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelFileException(file, "could not be closed: " + e.getMessage(), e);
    }
  }

  /** How files of a version are summed up. */
  private static Checksum checksum(Path file, @Nullable String version) throws ModelFileException {
    if (version == null) {
      throw new ModelFileException(
          file,
          "expected a model, got a safetensors file without "
              + VERSION_KEY
              + ": another program wrote it, or it is damaged");
    }
    for (int known = 1; known <= VERSION; known++) {
      if (version.equals(Integer.toString(known))) {
        return CHECKSUMS.get(known - 1);
      }
    }
    boolean newer = version.matches("[1-9][0-9]*");
    throw new ModelFileException(
        file,
        "expected a model file of version 1 to %d, which this library reads, got version %s: %s"
            .formatted(
                VERSION,
                version,
                newer ? "a newer rnn4j wrote it, and is needed to read it" : "it is damaged"));
  }

  private static Sequential model(
      Path file, @Nullable String json, LayerTypes types, Map<String, Tensor> weights)
      throws ModelFileException {
    if (json == null) {
      throw new ModelFileException(file, "expected the layers under " + MODEL_KEY + ", got none");
    }
    try {
      return Sequential.fromConfiguration(Json.parseObject(json), types, weights);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(file, MODEL_KEY + ": " + e.getMessage(), e);
    }
  }

  /** The network. */
  public Sequential model() {
    return model;
  }

  /** What the program added when it saved the file, sorted by name. */
  public Map<String, String> metadata() {
    return metadata;
  }
}
