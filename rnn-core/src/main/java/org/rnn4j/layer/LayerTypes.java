package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rnn4j.backend.Activation;

/**
 * The kinds of layers that a model file may hold: from a type and its settings to a {@link
 * LayerSpec}. Immutable; a program with layers of its own adds them with {@link #with}.
 */
public final class LayerTypes {
  private final Map<String, Function<Settings, LayerSpec>> readers;

  private LayerTypes(Map<String, Function<Settings, LayerSpec>> readers) {
    this.readers = readers;
  }

  /** The layers of this library. */
  public static LayerTypes standard() {
    Map<String, Function<Settings, LayerSpec>> readers = new LinkedHashMap<>();
    readers.put(
        Embedding.TYPE,
        s -> {
          Embedding.Spec spec =
              Embedding.spec(s.whole("vocabulary"), s.whole("size"))
                  .trainable(s.truth("trainable"))
                  .initialLimit(s.number("initial_limit", Embedding.INITIAL_LIMIT));
          return s.has("word_dropout")
              ? spec.wordDropout(s.number("word_dropout"), s.whole("unknown"))
              : spec;
        });
    readers.put(Lstm.TYPE, Lstm.Spec::read);
    readers.put(Gru.TYPE, Gru.Spec::read);
    readers.put(SimpleRnn.TYPE, SimpleRnn.Spec::read);
    readers.put(Bidirectional.TYPE, Bidirectional.Spec::read);
    readers.put(OverTime.TYPE, s -> OverTime.spec(s.choice("take", OverTime.Take.class)));
    readers.put(
        Dropout.TYPE,
        s ->
            Dropout.spec(s.number("rate"))
                .unit(s.choice("unit", Dropout.Unit.class, Dropout.Unit.VALUE)));
    readers.put(
        Attention.TYPE,
        s ->
            new Attention.Spec(
                s.whole("size"),
                s.whole("hops"),
                s.truth("bias"),
                s.choice("penalty", Attention.Penalty.class),
                s.number("coefficient")));
    readers.put(LayerNorm.TYPE, s -> new LayerNorm.Spec(s.number("epsilon")));
    readers.put(Residual.TYPE, s -> new Residual.Spec(s.layers("layers")));
    readers.put(Concatenate.TYPE, s -> new Concatenate.Spec(s.branches("branches")));
    readers.put(
        Dense.TYPE, s -> Dense.spec(s.whole("units"), s.choice("activation", Activation.class)));
    return new LayerTypes(readers);
  }

  /** The names of the types. */
  public Set<String> names() {
    return Collections.unmodifiableSet(readers.keySet());
  }

  /**
   * These types and one more, which may take the place of one of the same name.
   *
   * @param reader makes the spec of the settings, all of which it must read
   */
  public LayerTypes with(String type, Function<Settings, LayerSpec> reader) {
    Map<String, Function<Settings, LayerSpec>> more = new LinkedHashMap<>(readers);
    more.put(type, reader);
    return new LayerTypes(more);
  }

  /**
   * The spec of a layer.
   *
   * @throws IllegalArgumentException if the type is not known, or a setting is missing, out of
   *     range or one that the type does not have
   */
  public LayerSpec spec(String type, Map<String, ?> settings) {
    Function<Settings, LayerSpec> reader = readers.get(type);
    if (reader == null) {
      throw new IllegalArgumentException(
          "Expected a layer type of " + readers.keySet() + ", got " + type);
    }
    Settings given = new Settings(type, settings, this);
    LayerSpec spec = reader.apply(given);
    given.requireAllRead();
    return spec;
  }

  /** Layers in a row as JSON values: what {@link #spec} is given again. */
  static List<Object> describe(List<LayerSpec> specs) {
    List<Object> described = new ArrayList<>();
    for (LayerSpec spec : specs) {
      Map<String, Object> layer = new LinkedHashMap<>();
      layer.put("type", spec.type());
      layer.putAll(spec.settings());
      described.add(layer);
    }
    return described;
  }
}
