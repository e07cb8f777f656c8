package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.testing.RunsOnce;

/** Files that are not of the format, and what is said of them. */
@RunsOnce
class MalformedSafeTensorsTest {

  @TempDir Path folder;

  static Stream<Arguments> lengths() {
    return Stream.of(
        arguments(Long.MIN_VALUE, "at most 100000000 bytes, got a length of 9223372036854775808"),
        arguments(Long.MAX_VALUE, "at most 100000000 bytes, got a length of 9223372036854775807"),
        arguments(-1L, "at most 100000000 bytes, got a length of 18446744073709551615"),
        arguments(100_000_001L, "at most 100000000 bytes, got a length of 100000001"),
        arguments(100_000_000L, "expected a header of 100000000 bytes, got 2 up to the end"),
        arguments(3L, "expected a header of 3 bytes, got 2 up to the end"),
        arguments(1L, "one JSON object"),
        arguments(0L, "expected a header that begins with {, got none"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void a_header_of_a_wrong_length_is_refused(long length, String message) throws Exception {
    byte[] header = "{}".getBytes(StandardCharsets.UTF_8);

    assertRefused(RawFile.withLength(length, header, 0), message);
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        arguments("", "begins with {"),
        arguments(" {}", "begins with {"),
        arguments("[]", "begins with {"),
        arguments("{", "one JSON object"),
        arguments("{} {}", "one JSON object"),
        arguments("{\"a\":{\"x\":" + "[".repeat(10_000), "one JSON object"),
        arguments("{'a':1}", "one JSON object"),
        arguments("{\"a\":1,\"a\":1}", "Duplicate"),
        arguments("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", "Duplicate"),
        arguments("{\"__metadata__\":[]}", "an object of texts as __metadata__, got []"),
        arguments("{\"__metadata__\":{\"k\":1}}", "a text in __metadata__ k, got 1"),
        arguments("{\"__metadata__\":{\"k\":null}}", "a text in __metadata__ k, got null"),
        arguments("{\"__metadata__\":{\"k\":{\"l\":\"m\"}}}", "__metadata__ k, got {l=m}"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void a_header_that_is_no_object_of_unique_names_is_refused(String header, String message)
      throws Exception {
    assertRefused(RawFile.of(header, 0), message);
  }

  @Test
  void a_header_that_is_not_utf_8_is_refused() throws Exception {
    byte[] header = "{\"__metadata__\":{\"k\":\"\u00ff\"}}".getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(RawFile.of(header, 0), "expected a header in UTF-8, got other bytes");
  }

  static Stream<Arguments> tensors() {
    return Stream.of(
        arguments("1", "dtype, shape and data_offsets, got 1"),
        arguments("null", "dtype, shape and data_offsets, got null"),
        arguments("{}", "dtype, shape and data_offsets, got {}"),
        arguments(member("F32", "[2]", "[0,8],\"more\":1"), "more=1}"),
        arguments("{\"dtype\":\"F32\",\"shape\":[2]}", "got {dtype=F32, shape=[2]}"),
        arguments(member("BF16", "[4]", "[0,8]"), "dtype F32 or F64, got BF16"),
        arguments(member("I64", "[1]", "[0,8]"), "dtype F32 or F64, got I64"),
        arguments(member("f32", "[2]", "[0,8]"), "dtype F32 or F64, got f32"),
        arguments(member("F32", "2", "[0,8]"), "shape of integers from 0, got 2"),
        arguments(member("F32", "[-2]", "[0,8]"), "shape of integers from 0, got [-2]"),
        arguments(member("F32", "[2.0]", "[0,8]"), "shape of integers from 0, got [2.0]"),
        arguments(member("F32", "[1e999]", "[0,8]"), "within the range of a double, got 1e999"),
        arguments(member("F32", "[\"2\"]", "[0,8]"), "shape of integers from 0, got [2]"),
        arguments(member("F32", "[null]", "[0,8]"), "shape of integers from 0, got [null]"),
        arguments(member("F32", "[2147483648]", "[0,8]"), "at most 2^31 - 1 elements"),
        arguments(member("F32", "[65536,65536]", "[0,8]"), "got shape [65536, 65536]"),
        arguments(
            member("F32", "[4294967296,4294967296,2]", "[0,8]"),
            "got shape [4294967296, 4294967296, 2]"),
        arguments(member("F32", "[9223372036854775808]", "[0,8]"), "integer of 64 bits"),
        arguments(
            member("F32", "[9223372036854775807]", "[0,8]"), "got shape [9223372036854775807]"),
        arguments(
            member("F64", "[2147483647]", "[0,8]"),
            "17179869176 bytes for F64 of shape [2147483647], got data_offsets [0, 8]"),
        arguments(member("F32", "[2]", "[0]"), "a begin and an end, got [0]"),
        arguments(member("F32", "[2]", "[0,8,8]"), "a begin and an end, got [0, 8, 8]"),
        arguments(member("F32", "[2]", "[8,0]"), "a begin and an end, got [8, 0]"),
        arguments(member("F32", "[2]", "[-8,0]"), "data_offsets of integers from 0, got [-8, 0]"),
        arguments(member("F32", "[2]", "[0,4]"), "8 bytes for F32 of shape [2]"),
        arguments(member("F32", "[]", "[0,8]"), "4 bytes for F32 of shape []"),
        arguments(member("F32", "[0]", "[0,8]"), "0 bytes for F32 of shape [0]"),
        arguments(member("F32", "[1]", "[4,8]"), "begin at byte 0, where the header ends, got 4"));
  }

  private static String member(String type, String shape, String offsets) {
    return "{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
  }

  @ParameterizedTest
  @MethodSource("tensors")
  void a_tensor_that_is_not_described_rightly_is_refused(String tensor, String message)
      throws Exception {
    assertRefused(RawFile.of("{\"t\":" + tensor + "}", 8), message);
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        arguments("[0,8]", "[4,12]", 12, "b: expected to begin at byte 8, where the tensor a ends"),
        arguments("[0,8]", "[4,12]", 12, "got 4, an overlap"),
        arguments("[0,8]", "[0,8]", 8, "got 0, an overlap"),
        arguments("[0,8]", "[12,20]", 20, "got 12, a hole"),
        arguments("[0,8]", "[8,16]", 15, "expected 16 bytes of tensors, got 15: the file was cut"),
        arguments("[0,8]", "[8,16]", 17, "expected 16 bytes of tensors, got 17: something was app"),
        arguments(
            "[0,8]", "[9223372036854775799,9223372036854775807]", 16, "got 9223372036854775799"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void tensors_that_do_not_cover_the_data_are_refused(
      String first, String second, int dataBytes, String message) throws Exception {
    String header =
        "{\"a\":" + member("F32", "[2]", first) + ",\"b\":" + member("F64", "[1]", second) + "}";

    assertRefused(RawFile.of(header, dataBytes), message);
  }

  @Test
  void a_huge_tensor_in_a_small_file_is_refused_without_memory_for_it() throws Exception {
    String header = "{\"t\":" + member("F64", "[2147483646]", "[0,17179869168]") + "}";

    assertRefused(RawFile.of(header, 8), "expected 17179869168 bytes of tensors, got 8");
  }

  @Test
  void names_in_messages_are_short_and_on_one_line() throws Exception {
    String header = "{\"a\\nb" + "x".repeat(1000) + "\":1}";
    Path file = RawFile.write(folder, RawFile.of(header, 0));

    assertThatThrownBy(() -> SafeTensors.read(file))
        .hasMessage(
            file
                + ": tensor a?b"
                + "x".repeat(77)
                + "…: expected dtype, shape and data_offsets, got 1"
                + ": the header is damaged or was written wrongly");
  }

  @Test
  void every_truncation_is_refused() throws Exception {
    byte[] whole = RawFile.of("{\"t\":" + member("F32", "[2]", "[0,8]") + "}", 8);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);

      assertRefused(part, length == 0 ? "the file is empty" : length < 8 ? "got " + length : "");
    }
  }

  @Test
  void what_is_not_a_file_is_refused() {
    Path missing = folder.resolve("none.safetensors");

    assertThatThrownBy(() -> SafeTensors.read(missing))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(missing + ": expected a file, found none: check the path");
    assertThatThrownBy(() -> SafeTensors.read(folder))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(folder + ": expected a file, found a folder");
  }

  private void assertRefused(byte[] bytes, String message) throws Exception {
    Path file = RawFile.write(folder, bytes);

    assertThatThrownBy(() -> SafeTensors.read(file))
        .isExactlyInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
    // On Windows a file that is still open cannot be deleted.
    Files.delete(file);
  }
}
