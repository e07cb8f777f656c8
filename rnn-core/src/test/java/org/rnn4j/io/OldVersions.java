package org.rnn4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rnn4j.json.Json;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Makes the model file of the present version that stands among the test resources, and what it
 * predicts. To be run once a version, from the module's folder; what old versions have written is
 * never made anew.
 */
final class OldVersions {
  private OldVersions() {}

  /**
   * Writes {@code model_v*.safetensors} and {@code model_v*.json}.
   *
   * @param arguments the folder, {@code src/test/resources/org/rnn4j/io}
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    String name = "model_v" + ModelFile.VERSION;
    Sequential model = Models.everyLayer(DType.FLOAT32, 42);
    RandomStream random = new RandomStream(42);
    model
        .parameters()
        .forEach(
            (parameter, variable) -> {
              // Wider than a fresh network's, so that each of them matters to what is predicted.
              Initializer.uniform(1).fill(variable.value(), random.derive(parameter));
              variable.value().changed();
            });
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("labels", "[\"no\",\"yes\"]");
    metadata.put("text", "ü \uD83D\uDE00\n");
    ModelFile.save(folder.resolve(name + ".safetensors"), model, metadata);

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("metadata", metadata);
    List<Object> predictions = new ArrayList<>();
    for (List<Integer> text : List.of(List.of(3, 1, 4, 1, 5), List.of(9), List.<Integer>of())) {
      Map<String, Object> prediction = new LinkedHashMap<>();
      prediction.put("text", text);
      prediction.put("probabilities", probabilities(model, text));
      predictions.add(prediction);
    }
    expected.put("predictions", predictions);
    AtomicFiles.writeString(folder.resolve(name + ".json"), Json.write(expected) + "\n");
  }

  /** What a network predicts for one text. */
  static List<Double> probabilities(Sequential model, List<? extends Number> text) {
    int[] ids = text.stream().mapToInt(Number::intValue).toArray();
    Tensor probabilities = model.predict(Sequences.pack(ids));
    List<Double> values = new ArrayList<>();
    for (double value : probabilities.toArray()) {
      values.add(value);
    }
    return values;
  }
}
