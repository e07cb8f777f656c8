package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.tensor.Tensor;

/**
 * Layers one after another: what networks and layers that hold layers are made of. A layer is named
 * after its type, the second of a type {@code gru_2} and so on. A chain without layers gives what
 * it is given.
 */
final class Chain {
  private final Map<String, Layer> layers;

  private Chain(Map<String, Layer> layers) {
    this.layers = Collections.unmodifiableMap(layers);
  }

  /**
   * What the layers give when the first is given a signal.
   *
   * @throws IllegalArgumentException if one cannot read what the one before gives
   */
  static Signal output(List<LayerSpec> specs, Signal input) {
    Signal signal = input;
    for (LayerSpec spec : specs) {
      signal = spec.output(signal);
    }
    return signal;
  }

  /**
   * Checks that the layers make a network, before any weight is drawn: each can read what the one
   * before gives, and they end in a {@link Dense} row for each text.
   *
   * @throws IllegalArgumentException if they do not
   */
  static void requireNetwork(List<LayerSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one layer, got none");
    }
    output(specs, Signal.ids()).require(Signal.Form.TEXTS, "the end of a network");
    LayerSpec last = specs.get(specs.size() - 1);
    if (!(last instanceof Dense.Spec)) {
      throw new IllegalArgumentException("Expected the last layer to be dense, got " + last.type());
    }
  }

  /**
   * Builds the layers.
   *
   * @param counts how many layers of each type there are already, and will be
   * @param weights where the parameters of the layer of a name come from
   */
  static Chain build(
      List<LayerSpec> specs,
      Signal input,
      Map<String, Integer> counts,
      Function<String, Weights> weights) {
    Map<String, Layer> built = new LinkedHashMap<>();
    Signal signal = input;
    for (LayerSpec spec : specs) {
      int count = counts.merge(spec.type(), 1, Integer::sum);
      String name = count == 1 ? spec.type() : spec.type() + "_" + count;
      requireUnique("layers", name, built.put(name, spec.create(signal, weights.apply(name))));
      signal = spec.output(signal);
    }
    return new Chain(built);
  }

  private static void requireUnique(String what, String name, @Nullable Object before) {
    if (before != null) {
      throw new IllegalArgumentException(
          "Expected " + what + " of different names, got " + name + " twice");
    }
  }

  /** The layers by name, in order. */
  Map<String, Layer> layers() {
    return layers;
  }

  /** What the layers are. */
  List<LayerSpec> specs() {
    return layers.values().stream().map(Layer::spec).toList();
  }

  /** The parameters of all layers, in order. */
  List<Parameter> parameters() {
    return layers.values().stream().flatMap(layer -> layer.parameters().stream()).toList();
  }

  /** The parameters by the names of layer and parameter, such as {@code gru_2.bias}, in order. */
  Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = new LinkedHashMap<>();
    layers.forEach(
        (name, layer) -> {
          for (Parameter parameter : layer.parameters()) {
            String full = name + "." + parameter.name();
            requireUnique("parameters", full, named.put(full, parameter));
          }
        });
    return Collections.unmodifiableMap(named);
  }

  /** Runs the layers. */
  Activations forward(Pass pass, Activations input) {
    Activations activations = input;
    for (Map.Entry<String, Layer> entry : layers.entrySet()) {
      activations = entry.getValue().forward(pass.derive(entry.getKey()), activations);
    }
    return activations;
  }

  /**
   * As {@link #forward} for the layers of a network, of whose head, the last, it gives the sums
   * before the activation.
   *
   * @param first the place of the first layer that is run
   * @param outputs is told each layer's name and output
   */
  Variable logits(Pass pass, Activations input, int first, BiConsumer<String, Tensor> outputs) {
    Activations activations = input;
    int place = 0;
    for (Map.Entry<String, Layer> entry : layers.entrySet()) {
      if (place++ >= first) {
        Pass own = pass.derive(entry.getKey());
        activations =
            place == layers.size()
                ? ((Dense) entry.getValue()).logits(own, activations)
                : entry.getValue().forward(own, activations);
        outputs.accept(entry.getKey(), activations.values().value());
      }
    }
    return activations.values();
  }

  /** The embeddings among layers and the layers inside them. */
  static List<Embedding> embeddings(Collection<Layer> layers) {
    List<Embedding> found = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer instanceof Embedding embedding) {
        found.add(embedding);
      } else if (layer instanceof Composite composite) {
        found.addAll(embeddings(composite.inner()));
      }
    }
    return found;
  }

  /** The work of some layers on one text, one after another, or null where one cannot say it. */
  static @Nullable TextStage stage(Collection<Layer> layers, FastBackend backend) {
    List<TextStage> stages = new ArrayList<>();
    for (Layer layer : layers) {
      TextStage stage = layer instanceof StagedLayer staged ? staged.stage(backend) : null;
      if (stage == null) {
        return null;
      }
      stages.add(stage);
    }
    return rows -> {
      for (int i = 0; i < stages.size(); i++) { // by index: an iterator would take memory
        stages.get(i).run(rows);
      }
    };
  }
}
