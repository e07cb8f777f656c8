package org.rnn4j.text.classify;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.io.ModelFile;
import org.rnn4j.io.ModelFileException;
import org.rnn4j.json.Json;
import org.rnn4j.layer.LayerTypes;
import org.rnn4j.text.TextPipeline;

/** A classifier as a file: that of its network, with the pipeline and the labels as metadata. */
final class ClassifierFile {
  private static final String PIPELINE_KEY = "rnn4j.pipeline";
  private static final String LABELS_KEY = "rnn4j.labels";

  private ClassifierFile() {}

  static void save(Path file, TextClassifier classifier) throws ModelFileException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(LABELS_KEY, Json.write(classifier.labels()));
    metadata.put(PIPELINE_KEY, classifier.pipeline().toJson());
    ModelFile.save(file, classifier.model(), metadata);
  }

  static TextClassifier load(Path file, LayerTypes types) throws ModelFileException {
    ModelFile read = ModelFile.load(file, types);
    String pipeline = entry(file, read.metadata(), PIPELINE_KEY, "text pipeline");
    String labels = entry(file, read.metadata(), LABELS_KEY, "labels");
    try {
      return new TextClassifier(TextPipeline.fromJson(pipeline), read.model(), labels(labels));
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          file, "not a text classifier that can be used: " + e.getMessage(), e);
    }
  }

  private static String entry(Path file, Map<String, String> metadata, String key, String what)
      throws ModelFileException {
    String value = metadata.get(key);
    if (value == null) {
      throw new ModelFileException(
          file,
          "expected a text classifier with its "
              + what
              + " (metadata "
              + key
              + "), got a network without; was it saved by TextClassifier.save?");
    }
    return value;
  }

  private static List<String> labels(String json) {
    Object value = Json.parse(json);
    if (!(value instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException(
          "Expected a list of texts as " + LABELS_KEY + ", got " + json);
    }
    return list.stream().map(String.class::cast).toList();
  }
}
