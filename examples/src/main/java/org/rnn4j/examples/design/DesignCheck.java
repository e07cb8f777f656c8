package org.rnn4j.examples.design;

import org.rnn4j.layer.LayerSpec;

/** Finds settings that do not go together, before any work is done. */
final class DesignCheck {
  private DesignCheck() {}

  static void check(Design design, int labels, boolean validated) {
    if (Networks.isSigmoid(design) && labels != 2) {
      throw conflict(NetworkSettings.HEAD, "softmax for " + labels + " labels", "sigmoid, for two");
    }
    if (design.get(NetworkSettings.BIDIRECTIONAL).isPresent()
        && design.get(NetworkSettings.TRUNCATION) > 0) {
      throw conflict(
          NetworkSettings.TRUNCATION,
          "0 for layers that are bidirectional, whose states depend on the whole text",
          design.text(NetworkSettings.TRUNCATION));
    }
    if (design.get(NetworkSettings.RESIDUAL) && !hasResidual(design)) {
      throw conflict(
          NetworkSettings.RESIDUAL,
          "a recurrent layer that is as wide as what it reads",
          "embedding "
              + design.text(TextSettings.EMBEDDING)
              + " and layers "
              + design.text(NetworkSettings.LAYERS));
    }
    if (!validated) {
      requireNoWatch(TrainingSettings.EARLY_STOPPING, design, "none");
      requireNoWatch(TrainingSettings.SCHEDULE, design, "plateau");
    }
    design.get(TextSettings.VECTORS).ifPresent(vectors -> requireWidth(design, vectors));
  }

  private static boolean hasResidual(Design design) {
    int width = design.get(TextSettings.EMBEDDING);
    for (int size : design.get(NetworkSettings.LAYERS)) {
      LayerSpec layer = Networks.recurrent(design, size);
      if (Networks.isResidual(design, layer, width)) {
        return true;
      }
      width = Networks.width(layer, width);
    }
    return false;
  }

  private static void requireNoWatch(Setting<?> setting, Design design, String kind) {
    if (design.get(setting) instanceof Variant<?> variant
        && kind.equals("none") != kind.equals(variant.kind())) {
      throw conflict(setting, "validation texts, whose score it watches", "none");
    }
  }

  private static void requireWidth(Design design, Vectors vectors) {
    int width = vectors.formatOfFile().dimension(vectors.file());
    int embedding = design.get(TextSettings.EMBEDDING);
    if (width != embedding) {
      throw conflict(
          TextSettings.VECTORS,
          "vectors of " + embedding + " numbers, as wide as the embedding",
          "vectors of " + width + " in " + vectors.file());
    }
    Setting<Double> limit = TextSettings.EMBEDDING_LIMIT;
    if (!design.get(limit).equals(limit.standard())) {
      throw conflict(limit, "none beside vectors, from which words start", design.text(limit));
    }
  }

  private static IllegalArgumentException conflict(
      Setting<?> setting, String expected, String got) {
    return new IllegalArgumentException(setting.name() + ": expected " + expected + ", got " + got);
  }
}
