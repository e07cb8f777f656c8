package org.rnn4j.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rnn4j.json.Json;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * The JSON at the head of a safetensors file. {@link #parse} reads the metadata only, so that a
 * file of a newer version can be told from a damaged one; {@link #entries} then checks what is said
 * of the tensors, each alone and all against the size of the data.
 */
final class Header {
  /** The longest header that other readers of the format accept. */
  static final int LARGEST_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final Set<String> MEMBERS = Set.of("dtype", "shape", "data_offsets");

  /** One tensor: where it lies in the data, from {@code begin} up to before {@code end}. */
  record Entry(String name, DType type, Shape shape, long begin, long end) {}

  private final Path file;
  private final Map<String, String> metadata;
  private final Map<String, Object> tensors;

  private Header(Path file, Map<String, String> metadata, Map<String, Object> tensors) {
    this.file = file;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /** The bytes of a header, padded with spaces so that the data begin at a multiple of 8. */
  static byte[] format(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException(
            "Expected a tensor's name other than " + METADATA + ", which the format keeps");
      }
      Tensor tensor = entry.getValue();
      long end = begin + (long) tensor.size() * tensor.type().bytes();
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("dtype", code(tensor.type()));
      members.put("shape", Arrays.stream(tensor.shape().dimensions()).boxed().toList());
      members.put("data_offsets", List.of(begin, end));
      header.put(entry.getKey(), members);
      begin = end;
    }
    ByteBuffer text = encode(Json.write(header));
    int length = Math.toIntExact((text.remaining() + 7L) / 8 * 8);
    if (length > LARGEST_BYTES) {
      throw new IllegalArgumentException(
          "Expected names and metadata of at most "
              + LARGEST_BYTES
              + " bytes, the largest header that readers of safetensors accept, got "
              + length);
    }
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) ' ');
    text.get(bytes, 0, text.remaining());
    return bytes;
  }

  private static ByteBuffer encode(String json) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "Expected names and metadata of whole Unicode characters, got half of a surrogate pair,"
              + " which UTF-8 cannot hold",
          e);
    }
  }

  private static String code(DType type) {
    return type == DType.FLOAT32 ? "F32" : "F64";
  }

  /** Reads the text of a header and the metadata in it. */
  static Header parse(Path file, byte[] bytes) throws ModelFileException {
    if (bytes.length == 0 || bytes[0] != '{') {
      throw new ModelFileException(
          file, "expected a header that begins with {, got none: this is no safetensors file");
    }
    Map<String, Object> members;
    try {
      members =
          Json.parseObject(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new ModelFileException(
          file, "expected a header in UTF-8, got other bytes: the file is damaged", e);
    } catch (IllegalArgumentException e) {
      throw new ModelFileException(
          file,
          "expected a header of one JSON object without duplicate names, got: "
              + firstLine(e)
              + ": the file is damaged",
          e);
    }
    Object metadata = members.remove(METADATA);
    return new Header(file, metadata(file, metadata), members);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Map<String, String> metadata(Path file, @Nullable Object value)
      throws ModelFileException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value == null) {
      return metadata;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new ModelFileException(
          file, "expected an object of texts as " + METADATA + ", got " + shown(value));
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getValue() instanceof String text)) {
        throw new ModelFileException(
            file,
            "expected a text in "
                + METADATA
                + " "
                + shown(entry.getKey())
                + ", got "
                + shown(entry.getValue()));
      }
      metadata.put((String) entry.getKey(), text);
    }
    return metadata;
  }

  /** The metadata in the order of the file. */
  Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * The tensors in the order of their data.
   *
   * @param available the bytes of data that the file really has
   * @throws ModelFileException unless the tensors cover these bytes exactly and without overlap
   */
  List<Entry> entries(long available) throws ModelFileException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Object> tensor : tensors.entrySet()) {
      entries.add(entry(tensor.getKey(), tensor.getValue()));
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    String before = "the header";
    for (Entry entry : entries) {
      if (entry.begin() != covered) {
        String what = entry.begin() < covered ? "an overlap" : "a hole";
        throw problem(
            entry.name(),
            "to begin at byte " + covered + ", where " + before + " ends",
            entry.begin() + ", " + what);
      }
      covered = entry.end();
      before = "the tensor " + shown(entry.name());
    }
    if (covered > available) {
      throw new ModelFileException(
          file,
          "expected %d bytes of tensors, got %d: the file was cut short, by a copy or a download that was interrupted perhaps"
              .formatted(covered, available));
    }
    if (covered < available) {
      throw new ModelFileException(
          file,
          "expected %d bytes of tensors, got %d: something was appended to the file"
              .formatted(covered, available));
    }
    return entries;
  }

  private Entry entry(String name, @Nullable Object value) throws ModelFileException {
    if (!(value instanceof Map<?, ?> members) || !members.keySet().equals(MEMBERS)) {
      throw problem(name, "dtype, shape and data_offsets", shown(value));
    }
    DType type = type(name, members.get("dtype"));
    Shape shape = shape(name, integers(name, "shape", members.get("shape")));
    long[] offsets = integers(name, "data_offsets", members.get("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw problem(name, "data_offsets of a begin and an end", Arrays.toString(offsets));
    }
    long needed = (long) shape.size() * type.bytes();
    if (offsets[1] - offsets[0] != needed) {
      throw problem(
          name,
          "%d bytes for %s of shape %s".formatted(needed, code(type), shape),
          "data_offsets " + Arrays.toString(offsets));
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private DType type(String name, @Nullable Object code) throws ModelFileException {
    for (DType type : DType.values()) {
      if (code(type).equals(code)) {
        return type;
      }
    }
    throw problem(
        name, "dtype F32 or F64", shown(code), "convert the tensor with the program that wrote it");
  }

  private Shape shape(String name, long[] extents) throws ModelFileException {
    int[] dimensions = new int[extents.length];
    for (int i = 0; i < extents.length; i++) {
      // What does not fit becomes an extent that the shape refuses.
      dimensions[i] = extents[i] > Integer.MAX_VALUE ? -1 : (int) extents[i];
    }
    try {
      return Shape.of(dimensions);
    } catch (IllegalArgumentException e) {
      throw problem(name, "at most 2^31 - 1 elements", "shape " + Arrays.toString(extents));
    }
  }

  private long[] integers(String name, String member, @Nullable Object value)
      throws ModelFileException {
    String expected = member + " of integers from 0";
    if (!(value instanceof List<?> list)) {
      throw problem(name, expected, shown(value));
    }
    long[] integers = new long[list.size()];
    for (int i = 0; i < integers.length; i++) {
      if (!(list.get(i) instanceof Long integer) || integer < 0) {
        throw problem(name, expected, shown(list));
      }
      integers[i] = integer;
    }
    return integers;
  }

  private ModelFileException problem(String tensor, String expected, String actual) {
    return problem(tensor, expected, actual, "the header is damaged or was written wrongly");
  }

  private ModelFileException problem(String tensor, String expected, String actual, String cause) {
    return new ModelFileException(
        file,
        "tensor %s: expected %s, got %s: %s"
            .formatted(shown(tensor), expected, shown(actual), cause));
  }

  /** A value, short enough for a message. */
  private static String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
