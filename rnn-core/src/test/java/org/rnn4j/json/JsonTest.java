package org.rnn4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class JsonTest {
  @Test
  void values_make_the_round_trip_and_keep_their_order() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("z", Arrays.asList(1L, -2.5, "text", true, false, null));
    value.put("a", Map.of());
    value.put("m", List.of(List.of(), Map.of("deep", List.of(1L))));

    String text = Json.write(value);

    assertThat(text)
        .isEqualTo("{\"z\":[1,-2.5,\"text\",true,false,null],\"a\":{},\"m\":[[],{\"deep\":[1]}]}");
    assertThat(Json.parseObject(text)).isEqualTo(value);
    assertThat(Json.parseObject(text).keySet()).containsExactly("z", "a", "m");
  }

  @Test
  void whole_numbers_of_64_bits_make_the_round_trip() {
    List<Long> numbers = List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1);

    assertThat(Json.parse(Json.write(numbers))).isEqualTo(numbers);
    assertThat(Json.write(7)).isEqualTo("7");
    assertThat(Json.parse("7")).isEqualTo(7L);
  }

  @Test
  void fractions_make_the_round_trip_bit_for_bit() {
    List<Double> numbers =
        List.of(
            0.1, -0.0, 1.0, Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, 1 / 3.0, 1e22);

    assertThat(Json.parse(Json.write(numbers))).isEqualTo(numbers);
    assertThat(Json.parse(Json.write(0.1f))).isEqualTo((double) 0.1f);
  }

  @Test
  void fractions_have_the_fewest_digits_on_every_jdk() {
    // Before JDK 19, Double.toString(2e23) is 1.9999999999999998E23.
    assertThat(Json.write(List.of(2e-3, 2e23, 1.1e-5, 2.2e-322, 8.41e21, 9.5e-3)))
        .isEqualTo("[0.002,2.0E23,1.1E-5,2.2E-322,8.41E21,0.0095]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain", "\"quoted\" \\ /", "\n\r\t\b\f\0\u001f", "üß字", "😀", "\ud83d"})
  void strings_of_any_characters_make_the_round_trip(String text) {
    assertThat(Json.parse(Json.write(text))).isEqualTo(text);
    assertThat(Json.parse(Json.write(Map.of(text, text)))).isEqualTo(Map.of(text, text));
  }

  @Test
  void duplicate_keys_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse("{\"a\":1,\"b\":2,\"a\":3}"))
        .withMessageStartingWith("Not valid JSON: ")
        .withMessageContaining("\"a\"");
    assertThat(Json.parse("[{\"a\":1},{\"a\":1}]")).isInstanceOf(List.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numbers_that_are_not_finite_are_not_written(double number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(List.of(number)))
        .withMessage("Expected a finite number, got " + number);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write((float) number))
        .withMessageStartingWith("Expected a finite number, got ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "[1e999]", "-1e400"})
  void numbers_that_are_not_finite_are_not_read(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"9223372036854775808", "-9223372036854775809", "[1, 1e3, 99999999999999999999]"})
  void whole_numbers_beyond_64_bits_are_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(text))
        .withMessageStartingWith("Expected an integer of 64 bits, got ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,]",
        "{\"a\"}",
        "{a:1}",
        "'a'",
        "tru",
        "01",
        "1.",
        "\"a",
        "[1 2]",
        "\"\n\"",
        "// comment\n1",
        "}",
        "nul"
      })
  void what_is_not_json_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n "})
  void an_empty_text_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse(text))
        .withMessage("Expected JSON, got an empty text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "{} {}", "[] x", "{}}"})
  void text_after_the_value_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.parse(text));
  }

  @Test
  void an_object_is_asked_for_and_another_kind_named() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parseObject("[1]"))
        .withMessage("Expected a JSON object, got ArrayList");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parseObject("null"))
        .withMessage("Expected a JSON object, got null");
  }

  @Test
  void values_of_another_kind_are_not_written() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(Map.of("a", new int[0])))
        .withMessage("Expected a map, list, string, number, boolean or null, got [I");
  }

  @Test
  void nesting_is_read_and_written_to_a_depth_of_hundreds() {
    String deep = "[".repeat(300) + "]".repeat(300);

    assertThat(Json.write(Json.parse(deep))).isEqualTo(deep);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 1_000_000})
  void deeper_nesting_is_refused_and_does_not_exhaust_the_stack(int depth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse("[".repeat(depth)))
        .withMessageStartingWith("Not valid JSON: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.parse("{\"a\":".repeat(depth)))
        .withMessageStartingWith("Not valid JSON: ");
  }

  @Test
  void a_value_that_holds_itself_is_not_written() {
    List<Object> endless = new ArrayList<>();
    endless.add(endless);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.write(endless))
        .withMessageStartingWith("Cannot be written as JSON: ");
  }
}
