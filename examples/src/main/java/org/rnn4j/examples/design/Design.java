package org.rnn4j.examples.design;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rnn4j.layer.Sequential;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Truncation;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.classify.TextClassifierBuilder;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.vector.WordVectors;
import org.rnn4j.train.Trainer;

/**
 * All that a classifier and its training are told: a value for each of the {@link Settings}.
 * Immutable.
 *
 * <pre>{@code
 * Design design = Preset.TWITTER_GRU.design()
 *     .with(TrainingSettings.EPOCHS, 3)
 *     .with("layers", "64,32")
 *     .with("optimizer.lr", "0.002");
 * design.check(texts.labels().size(), true);
 * TextClassifier classifier =
 *     design.classifier(train, trainer -> trainer.threads(2)).fit(train, validation).classifier();
 * }</pre>
 *
 * <p>A value may be set by name, as text or as JSON value: by the name of a setting; by that and
 * the name of a parameter that its value has, as in {@code schedule.warmup}; or by a {@link
 * Shorthand}. The threads of a training, which change nothing, are no setting.
 */
public final class Design {
  private static final Design STANDARD = new Design(standardValues());

  private final Map<Setting<?>, Object> values;

  private Design(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  private static Map<Setting<?>, Object> standardValues() {
    Map<Setting<?>, Object> values = new LinkedHashMap<>();
    Settings.all().forEach(setting -> values.put(setting, setting.standard()));
    return values;
  }

  /** Every setting as it is unless told. */
  public static Design standard() {
    return STANDARD;
  }

  /**
   * The standard design with other values.
   *
   * @param text {@code name=value} for each, separated by white space, which no value holds
   * @throws IllegalArgumentException as {@link #with(String, Object)}
   */
  public static Design parse(String text) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String pair : text.strip().split("\\s+")) {
      int equals = pair.indexOf('=');
      if (equals < 0 || given.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(
            "Expected name=value, each name once, got " + pair + " in " + text);
      }
    }
    return STANDARD.with(given);
  }

  /** The value of a setting. */
  @SuppressWarnings("unchecked") // A setting's value is put under the setting itself only.
  public <T> T get(Setting<T> setting) {
    return (T) Objects.requireNonNull(values.get(setting), setting.name());
  }

  /** The same with another value of a setting. */
  public <T> Design with(Setting<T> setting, T value) {
    // Read again, so that a value out of range is refused however it came.
    return put(setting, setting.read(setting.format().text(value)));
  }

  private Design put(Setting<?> setting, Object value) {
    Map<Setting<?>, Object> changed = new LinkedHashMap<>(values);
    changed.put(setting, value);
    return new Design(Collections.unmodifiableMap(changed));
  }

  /**
   * The same with another value of a setting, of a parameter of its value, or of what a {@link
   * Shorthand} stands for.
   *
   * @param value as text, or as a JSON value
   * @throws IllegalArgumentException if there is no such name, or it has no such value; the message
   *     begins with the name and says what was expected
   */
  public Design with(String name, Object value) {
    String text;
    try {
      text = Literal.of(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    for (Shorthand shorthand : Shorthand.all()) {
      if (shorthand.name().equals(name)) {
        return with(shorthand, text);
      }
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? put(setting(name), setting(name).read(text))
        : withParameter(name, setting(name.substring(0, dot)), name.substring(dot + 1), text);
  }

  private Design with(Shorthand shorthand, String text) {
    Setting<?> setting = shorthand.setting();
    if (!shorthand.parameter().isEmpty()) {
      return withParameter(shorthand.name(), setting, shorthand.parameter(), text);
    }
    Object value = setting.format().read(shorthand.name(), text);
    if (value instanceof Variant<?> variant) {
      shorthand.check(variant);
    }
    return put(setting, value);
  }

  private Design withParameter(String name, Setting<?> setting, String parameter, String text) {
    if (!(get(setting) instanceof Variant<?> variant)) {
      throw new IllegalArgumentException(
          name + ": expected a setting with parameters, got " + setting.name());
    }
    try {
      return put(setting, variant.with(parameter, text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same with other values, whole settings first, in whatever order they are given.
   *
   * @param given texts or JSON values by name
   * @throws IllegalArgumentException as {@link #with(String, Object)}, or if two names mean the
   *     same
   */
  public Design with(Map<String, ?> given) {
    Design changed = this;
    for (boolean whole : new boolean[] {true, false}) {
      for (Map.Entry<String, ?> entry : given.entrySet()) {
        if (isWhole(entry.getKey()) == whole) {
          changed = changed.with(entry.getKey(), entry.getValue());
        }
      }
    }
    for (Shorthand shorthand : Shorthand.all()) {
      String name = shorthand.setting().name();
      String other = shorthand.parameter().isEmpty() ? name : name + "." + shorthand.parameter();
      if (given.containsKey(shorthand.name()) && given.containsKey(other)) {
        throw new IllegalArgumentException(
            shorthand.name() + ": expected this or " + other + ", which mean the same, got both");
      }
    }
    return changed;
  }

  private static boolean isWhole(String name) {
    return name.indexOf('.') < 0
        && Shorthand.all().stream()
            .noneMatch(
                shorthand -> shorthand.name().equals(name) && !shorthand.parameter().isEmpty());
  }

  private static Setting<?> setting(String name) {
    for (Setting<?> setting : Settings.all()) {
      if (setting.name().equals(name)) {
        return setting;
      }
    }
    List<String> names =
        Stream.concat(
                Settings.all().stream().map(Setting::name),
                Shorthand.all().stream().map(Shorthand::name))
            .toList();
    throw new IllegalArgumentException(
        name
            + Nearest.hint(name, names)
                .map(hint -> ": expected a setting, " + hint)
                .orElse(": expected a setting of " + String.join(", ", names)));
  }

  /**
   * Reads what {@link #toMap} gave; a setting that is missing is as it is unless told.
   *
   * @throws IllegalArgumentException as {@link #with(String, Object)}
   */
  public static Design fromMap(Map<String, ?> map) {
    return STANDARD.with(map);
  }

  /** Every setting's value as JSON, by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    Settings.all().forEach(setting -> map.put(setting.name(), json(setting)));
    return map;
  }

  private <T> Object json(Setting<T> setting) {
    return setting.format().json(get(setting));
  }

  /** A setting's value as text. */
  public <T> String text(Setting<T> setting) {
    return setting.format().text(get(setting));
  }

  /** What {@link #with(String, Object)} sets by a name, as text; empty if that does not exist. */
  public Optional<String> text(String name) {
    for (Shorthand shorthand : Shorthand.all()) {
      if (shorthand.name().equals(name)) {
        return shorthand.parameter().isEmpty()
            ? Optional.of(text(shorthand.setting()))
            : parameter(shorthand.setting(), shorthand.parameter());
      }
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? Optional.of(text(setting(name)))
        : parameter(setting(name.substring(0, dot)), name.substring(dot + 1));
  }

  private Optional<String> parameter(Setting<?> setting, String name) {
    return get(setting) instanceof Variant<?> variant ? variant.parameter(name) : Optional.empty();
  }

  /** The settings that have another value than in another design. */
  public List<Setting<?>> differencesFrom(Design other) {
    return Settings.all().stream()
        .filter(setting -> !get(setting).equals(other.get(setting)))
        .collect(Collectors.toUnmodifiableList());
  }

  /**
   * Fails where settings do not go together, or not with the texts.
   *
   * @param labels how many labels the texts have
   * @param validated whether there are texts to validate on
   * @throws IllegalArgumentException naming the setting, what was expected and what came
   * @throws org.rnn4j.text.data.DataException if a file of vectors cannot be read
   */
  public void check(int labels, boolean validated) {
    DesignCheck.check(this, labels, validated);
  }

  /** How texts are read: a pipeline that is to be fitted. */
  public TextPipeline.Builder pipeline() {
    return TextPipeline.builder()
        .cleaner(get(TextSettings.CLEANING))
        .tokenizer(get(TextSettings.TOKENIZER))
        .stopWords(get(TextSettings.STOP_WORDS))
        .minimumFrequency(get(TextSettings.MIN_FREQUENCY))
        .maximumVocabularySize(get(TextSettings.MAX_WORDS))
        .truncation(truncation());
  }

  /** How texts are read with given words. */
  public TextPipeline pipeline(Vocabulary words) {
    return new TextPipeline(
        get(TextSettings.CLEANING),
        get(TextSettings.TOKENIZER),
        get(TextSettings.STOP_WORDS),
        words,
        truncation());
  }

  private Truncation truncation() {
    return new Truncation(get(TextSettings.KEEP), get(TextSettings.MAX_LENGTH));
  }

  /**
   * Builds the network, untrained.
   *
   * @param words how many ids the vocabulary has
   * @param labels how many labels there are
   */
  public Sequential network(int words, int labels) {
    return Networks.build(this, words, labels);
  }

  /**
   * Tells a trainer all that is not its texts and threads.
   *
   * @param train the training texts, whose labels are counted
   */
  public void configure(Trainer trainer, LabelledTexts train) {
    Trainings.configure(this, trainer, train);
  }

  /**
   * The vectors that words start from, where there are some.
   *
   * @throws org.rnn4j.text.data.DataException if their file cannot be read
   */
  public Optional<WordVectors> vectors(Vocabulary words) {
    return get(TextSettings.VECTORS)
        .map(vectors -> WordVectors.read(vectors.file(), vectors.formatOfFile(), words));
  }

  /**
   * A classifier that is ready to be trained.
   *
   * @param train the texts that it will be trained on
   * @param more what to tell the trainer beside the design: threads, listeners, checkpoints
   */
  public TextClassifierBuilder classifier(LabelledTexts train, Consumer<Trainer> more) {
    TextClassifierBuilder builder =
        TextClassifier.builder()
            .pipeline(pipeline())
            .network(words -> network(words, train.labels().size()))
            .training(
                trainer -> {
                  configure(trainer, train);
                  more.accept(trainer);
                });
    if (get(TextSettings.VECTORS).isPresent()) {
      builder.vectors(words -> vectors(words).orElseThrow());
    }
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Design design && values.equals(design.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** What is not as it is unless told, as {@link #parse} reads it where no value has spaces. */
  @Override
  public String toString() {
    return differencesFrom(STANDARD).stream()
        .map(setting -> setting.name() + "=" + text(setting))
        .collect(Collectors.joining(" "));
  }
}
