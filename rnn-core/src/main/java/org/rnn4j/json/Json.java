package org.rnn4j.json;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON text to and from plain values: {@link Map} with {@link String} keys in the order read,
 * {@link List}, {@link String}, {@link Long}, {@link Double}, {@link Boolean} and {@code null}.
 * Duplicate keys, trailing text, integers outside 64 bits, fractions outside the range of a double
 * and nesting of more than 500 levels are refused.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Double.toString, which it replaces, writes some numbers with more digits before JDK 19.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .build();

  private Json() {}

  /**
   * Reads one JSON value.
   *
   * @throws IllegalArgumentException if the text is not exactly one JSON value; the message says
   *     where
   */
  public static @Nullable Object parse(String text) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("Expected JSON, got an empty text");
      }
      Object value = read(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException(
            "Expected the end of the JSON text, got " + parser.currentToken());
      }
      return value;
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Not valid JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Reads one JSON object.
   *
   * @throws IllegalArgumentException if the text is not exactly one JSON object
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parseObject(String text) {
    Object value = parse(text);
    if (!(value instanceof Map)) {
      throw new IllegalArgumentException(
          "Expected a JSON object, got "
              + (value == null ? "null" : value.getClass().getSimpleName()));
    }
    return (Map<String, Object>) value;
  }

  /**
   * Writes a value as compact JSON. Maps keep their order; whole numbers, floating-point numbers,
   * strings, booleans, {@code null}, {@link Iterable}s and maps are understood. A floating-point
   * number has the fewest digits that tell it from its neighbours, the same on every JDK.
   *
   * @throws IllegalArgumentException if a value is of another kind, a number is not finite, or
   *     values lie more than 500 levels deep
   */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + e.getMessage(), e);
    }
    return text.toString();
  }

  private static @Nullable Object read(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, read(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> whole(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default ->
          throw new IllegalArgumentException("Expected a JSON value, got " + parser.currentToken());
    };
  }

  private static long whole(JsonParser parser) {
    BigInteger value = parser.getBigIntegerValue();
    if (value.bitLength() > 63) {
      throw new IllegalArgumentException("Expected an integer of 64 bits, got " + value);
    }
    return value.longValue();
  }

  private static double fraction(JsonParser parser) {
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "Expected a number within the range of a double, got " + parser.getString());
    }
    return value;
  }

  private static void write(JsonGenerator generator, @Nullable Object value) {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach(
          (key, member) -> {
            generator.writeName(String.valueOf(key));
            write(generator, member);
          });
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      list.forEach(member -> write(generator, member));
      generator.writeEndArray();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Integer || value instanceof Long) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof Double || value instanceof Float) {
      writeFraction(generator, ((Number) value).doubleValue());
    } else {
      throw new IllegalArgumentException(
          "Expected a map, list, string, number, boolean or null, got "
              + value.getClass().getName());
    }
  }

  private static void writeFraction(JsonGenerator generator, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Expected a finite number, got " + value);
    }
    generator.writeNumber(value);
  }
}
