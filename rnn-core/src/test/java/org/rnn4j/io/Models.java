package org.rnn4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerNorm;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.Residual;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** Networks to be saved, and model files that are wrong in one way and right in all others. */
final class Models {

  /** Texts for {@link #everyLayer}, one of them empty. */
  static final Sequences TEXTS =
      Sequences.pack(new int[] {3, 1, 4, 1, 5}, new int[] {9}, new int[] {}, new int[] {2, 6});

  private Models() {}

  /** A small network with every kind of layer. */
  static Sequential everyLayer(DType type, long seed) {
    return Sequential.builder(seed)
        .type(type)
        .layer(Embedding.spec(10, 3).trainable(false))
        .lstm(2)
        .layer(Gru.spec(3).resetAfter(false))
        .gru(2)
        .dropout(0.25)
        .meanOverTime()
        .dense(3, Activation.TANH)
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** A small network with layers inside layers, and those that sum up by attention. */
  static Sequential nestedLayers(DType type, long seed) {
    return Sequential.builder(seed)
        .type(type)
        .layer(Embedding.spec(10, 3).wordDropout(0.1, 1))
        .layer(Concatenate.branch().branch(Lstm.spec(2)))
        .residual(LayerNorm.withDefaults(), Residual.spec(Gru.spec(5)))
        .layer(
            Concatenate.branch(Attention.additive(3))
                .branch(Attention.structured(3, 2).penalty(Attention.Penalty.MEAN, 0.5)))
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** A small network of recurrent layers with settings that came later. */
  static Sequential recurrentLayers(DType type, long seed) {
    return Sequential.builder(seed)
        .type(type)
        .embedding(10, 3)
        .bidirectional(Gru.spec(2).recurrentDropout(0.25).truncation(7))
        .bidirectional(SimpleRnn.spec(3), Merge.MEAN)
        .layer(Lstm.spec(4).projection(2).cellClip(3).projectionClip(0.5))
        .layer(SimpleRnn.spec(2).backwards(true))
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** A very small network: its file has few bytes, so that each of them can be tried. */
  static Sequential tiny(long seed) {
    return Sequential.builder(seed)
        .embedding(3, 2)
        .gru(1)
        .lastState()
        .dense(1, Activation.SIGMOID)
        .build();
  }

  /** A network of a good megabyte, so that saving it takes its time. */
  static Sequential large(long seed) {
    return Sequential.builder(seed)
        .embedding(20_000, 16)
        .gru(8)
        .lastState()
        .dense(2, Activation.SOFTMAX)
        .build();
  }

  /** Saves a network, changes what the file says, and writes it again with a right checksum. */
  static void saveChanged(
      Path file,
      Sequential model,
      Consumer<Map<String, Tensor>> tensors,
      Consumer<Map<String, String>> metadata)
      throws IOException {
    ModelFile.save(file, model, Map.of());
    SafeTensors saved = SafeTensors.read(file);
    Files.delete(file);
    Map<String, Tensor> changedTensors = new LinkedHashMap<>(saved.tensors());
    Map<String, String> changedMetadata = new LinkedHashMap<>(saved.metadata());
    changedMetadata.put(Checksum.CRC_32.key(), Checksum.CRC_32.blank());
    tensors.accept(changedTensors);
    metadata.accept(changedMetadata);
    SafeTensors.of(changedTensors, changedMetadata).write(file, Checksum.CRC_32);
  }
}
