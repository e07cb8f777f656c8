package org.rnn4j.examples.design;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rnn4j.text.vector.VectorFormat;

/**
 * Pretrained vectors that an embedding starts from, written as {@code FILE[:FORMAT][:frozen]}.
 *
 * @param file where they are
 * @param format how they lie there; null to look into the file
 * @param frozen whether training leaves them as they are
 */
public record Vectors(Path file, @Nullable VectorFormat format, boolean frozen) {
  private static final String FROZEN = ":frozen";
  private static final Map<String, VectorFormat> FORMATS = formats();

  private static Map<String, VectorFormat> formats() {
    Map<String, VectorFormat> formats = new LinkedHashMap<>();
    for (VectorFormat format : VectorFormat.values()) {
      formats.put(":" + format.name().toLowerCase(Locale.ROOT).replace('_', '-'), format);
    }
    return formats;
  }

  /** The vectors of a text; none for {@code none}. */
  static Format<Optional<Vectors>> formatOfSetting() {
    return new Format<>(
        "none or FILE[:FORMAT][:frozen], FORMAT one of "
            + String.join(", ", FORMATS.keySet()).replace(":", ""),
        Vectors::valueOf,
        vectors -> vectors.map(Vectors::toString).orElse("none"));
  }

  /** What a text stands for, which may be no vectors; nothing if it is no such text. */
  private static Optional<Optional<Vectors>> valueOf(String text) {
    Optional<Vectors> read = read(text);
    return text.equals("none") || read.isPresent() ? Optional.of(read) : Optional.empty();
  }

  private static Optional<Vectors> read(String text) {
    String rest = text;
    boolean frozen = rest.endsWith(FROZEN);
    if (frozen) {
      rest = rest.substring(0, rest.length() - FROZEN.length());
    }
    VectorFormat format = null;
    for (Map.Entry<String, VectorFormat> named : FORMATS.entrySet()) {
      if (rest.endsWith(named.getKey())) {
        format = named.getValue();
        rest = rest.substring(0, rest.length() - named.getKey().length());
      }
    }
    try {
      return rest.isEmpty() || text.equals("none")
          ? Optional.empty()
          : Optional.of(new Vectors(Path.of(rest), format, frozen));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * How the vectors lie in the file: as was said, or as it looks.
   *
   * @throws org.rnn4j.text.data.DataException if the file has to be looked into and cannot be
   */
  public VectorFormat formatOfFile() {
    return format == null ? VectorFormat.of(file) : format;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file.toString());
    FORMATS.forEach((name, named) -> text.append(named == format ? name : ""));
    return text.append(frozen ? FROZEN : "").toString();
  }
}
