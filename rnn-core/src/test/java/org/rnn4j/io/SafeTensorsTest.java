package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.RunsOnce;

@RunsOnce
class SafeTensorsTest {

  @TempDir Path folder;

  @Test
  void the_bytes_are_those_of_the_format() throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.wrap(Shape.of(1, 2), new float[] {1, -2}));
    tensors.put("a", Tensor.wrap(Shape.of(1), new double[] {0.5}));
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(tensors, Map.of("note", "hällo \"x\"")).write(file);

    String header =
        "{\"__metadata__\":{\"note\":\"hällo \\\"x\\\"\"},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}";
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(8 + padded + 16).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded).put(text);
    while (expected.position() < 8 + padded) {
      expected.put((byte) ' ');
    }
    expected.putFloat(1).putFloat(-2).putDouble(0.5);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void tensors_and_metadata_come_back_in_their_order_bit_for_bit(DType type) throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("zeta", random(type, 11, 3, 5, 2));
    tensors.put("scalar", random(type, 12));
    tensors.put("empty", random(type, 13, 0, 4));
    tensors.put("ünïcode 😀 \"quoted\"\n", random(type, 14, 7));
    tensors.put("alpha", random(type, 15, 1, 1));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "");
    metadata.put("a", "line\nbreak \u0000 \uD83D\uDE00 \"{}\"");
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(tensors, metadata).write(file);
    SafeTensors read = SafeTensors.read(file);

    assertThat(read.metadata().entrySet()).containsExactlyElementsOf(metadata.entrySet());
    assertSame(read.tensors(), tensors);

    Path again = folder.resolve("again.safetensors");
    read.write(again);
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {16383, 16384, 16385, 50000})
  void tensors_longer_than_one_block_come_back(int size) throws Exception {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("single", random(DType.FLOAT32, 21, size));
    tensors.put("double", random(DType.FLOAT64, 22, size));
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(tensors, Map.of()).write(file);

    assertSame(SafeTensors.read(file).tensors(), tensors);
  }

  @Test
  void special_values_keep_their_bits() throws Exception {
    float[] singles = {
      -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.intBitsToFloat(0x7fc12345)
    };
    double[] doubles = {
      -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, Double.longBitsToDouble(0x7ff8123456789abcL)
    };
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("singles", Tensor.wrap(Shape.of(4), singles));
    tensors.put("doubles", Tensor.wrap(Shape.of(4), doubles));
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(tensors, Map.of()).write(file);

    assertSame(SafeTensors.read(file).tensors(), tensors);
  }

  @Test
  void storage_longer_than_the_shape_is_not_written() throws Exception {
    Tensor tensor = Tensor.wrap(Shape.of(2), new float[] {1, 2, 99, 99});
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(Map.of("t", tensor), Map.of()).write(file);

    assertThat(SafeTensors.read(file).tensors().get("t").toArray()).containsExactly(1, 2);
  }

  @Test
  void a_file_without_tensors_and_metadata_is_one_of_the_format() throws Exception {
    Path file = folder.resolve("file.safetensors");

    SafeTensors.of(Map.of(), Map.of()).write(file);

    assertThat(Files.readAllBytes(file)).isEqualTo(RawFile.of("{}      ", 0));
    assertThat(SafeTensors.read(file).tensors()).isEmpty();
    assertThat(SafeTensors.read(file).metadata()).isEmpty();
  }

  @Test
  void a_header_in_another_order_than_the_data_is_read_in_the_order_of_the_data() throws Exception {
    String header =
        """
        {"second": {"data_offsets": [4, 12], "dtype": "F64", "shape": [1]},
         "first": {"shape": [1], "dtype": "F32", "data_offsets": [0, 4]}, "__metadata__": null}\
        """;
    Path file = RawFile.write(folder, RawFile.of(header, 12));

    Map<String, Tensor> tensors = SafeTensors.read(file).tensors();

    assertThat(tensors.keySet()).containsExactly("first", "second");
    assertThat(Float.floatToRawIntBits(tensors.get("first").floats()[0])).isEqualTo(0x03020100);
    assertThat(Double.doubleToRawLongBits(tensors.get("second").doubles()[0]))
        .isEqualTo(0x0b0a090807060504L);
  }

  @Test
  void half_a_surrogate_pair_is_refused_before_anything_is_written() {
    Path file = folder.resolve("file.safetensors");
    SafeTensors tensors = SafeTensors.of(Map.of(), Map.of("token", "a\uD83D"));

    assertThatThrownBy(() -> tensors.write(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half of a surrogate pair");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void the_name_that_the_format_keeps_is_refused() {
    Tensor tensor = Tensor.zeros(DType.FLOAT32, 1);
    SafeTensors tensors = SafeTensors.of(Map.of("__metadata__", tensor), Map.of());

    assertThatThrownBy(() -> tensors.write(folder.resolve("file.safetensors")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("__metadata__");
  }

  @Test
  void a_header_that_readers_would_refuse_is_refused() {
    Map<String, String> metadata = Map.of("long", "x".repeat(Header.LARGEST_BYTES));
    SafeTensors tensors = SafeTensors.of(Map.of(), metadata);

    assertThatThrownBy(() -> tensors.write(folder.resolve("file.safetensors")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100000000 bytes")
        .hasMessageContaining("got 100000032");
  }

  private static Tensor random(DType type, int seed, int... dimensions) {
    Tensor tensor = Tensor.zeros(type, dimensions);
    RandomStream stream = new RandomStream(seed);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(i, stream.nextDouble() - 0.5);
    }
    return tensor;
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(actual.get(name).type()).as(name).isEqualTo(tensor.type());
          assertThat(actual.get(name).shape()).as(name).isEqualTo(tensor.shape());
          assertThat(bits(actual.get(name))).as(name).isEqualTo(bits(tensor));
        });
  }

  private static List<Long> bits(Tensor tensor) {
    return IntStream.range(0, tensor.size())
        .mapToObj(
            i ->
                tensor.type() == DType.FLOAT32
                    ? (long) Float.floatToRawIntBits(tensor.floats()[i])
                    : Double.doubleToRawLongBits(tensor.doubles()[i]))
        .toList();
  }
}
