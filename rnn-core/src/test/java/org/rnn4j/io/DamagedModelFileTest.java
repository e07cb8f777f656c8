package org.rnn4j.io;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;

/**
 * Model files that are damaged, of another kind or of another version, and what is said of them.
 */
class DamagedModelFileTest {

  /** Where the header goes on behind the digits of the checksum. */
  private static final int FIRST_AFTER_CHECKSUM =
      Long.BYTES + "{\"__metadata__\":{\"rnn4j.crc32\":\"".length() + 8;

  @TempDir Path folder;

  @Test
  void every_flipped_byte_is_noticed() throws Exception {
    byte[] whole = tiny();
    for (int at = 0; at < whole.length; at++) {
      byte right = whole[at];
      // All bits of the byte, and one of them.
      for (int flipped : new int[] {0xFF, 1 << at % 8}) {
        whole[at] = (byte) (right ^ flipped);
        Files.write(file(), whole);

        assertRefused("byte " + at + " xor " + flipped);
      }
      whole[at] = right;
    }
    Files.write(file(), whole);
    assertThat(ModelFile.load(file()).model().outputs()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void a_changed_header_under_a_right_checksum_is_refused_or_still_a_whole_model(long seed)
      throws Exception {
    byte[] whole = tiny();
    int headerEnd = Long.BYTES + (int) ByteBuffer.wrap(whole).order(LITTLE_ENDIAN).getLong();
    byte[] alphabet = "{}[]\",:\\0123456789-.eEntF ".getBytes(StandardCharsets.US_ASCII);
    RandomStream random = new RandomStream(seed);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = FIRST_AFTER_CHECKSUM + random.nextInt(headerEnd - FIRST_AFTER_CHECKSUM);
        changed[at] = alphabet[random.nextInt(alphabet.length)];
      }
      Files.write(file(), withRightChecksum(changed, headerEnd));

      Throwable refusal = catchThrowable(() -> ModelFile.load(file()));

      if (refusal != null) {
        assertThat(refusal).isExactlyInstanceOf(ModelFileException.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 299);
  }

  private static byte[] withRightChecksum(byte[] whole, int headerEnd) {
    Checksum.Sum sum = Checksum.CRC_32.begin(Arrays.copyOf(whole, headerEnd));
    byte[] data = Arrays.copyOfRange(whole, headerEnd, whole.length);
    sum.add(data, data.length);
    byte[] digits = sum.digits().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, whole, FIRST_AFTER_CHECKSUM - digits.length, digits.length);
    return whole;
  }

  @Test
  void a_flipped_bit_in_the_weights_is_called_damage() throws Exception {
    byte[] whole = tiny();
    whole[whole.length - 3] ^= 1;
    Files.write(file(), whole);

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file() + ": expected the checksum ")
        .hasMessageEndingWith(": the file is damaged or was changed");
  }

  @Test
  void every_truncation_is_noticed() throws Exception {
    byte[] whole = tiny();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));

      Throwable refusal = assertRefused("the first " + length + " bytes");

      assertThat(refusal).hasMessageMatching("(?s).*(cut short|is empty).*");
    }
  }

  @Test
  void something_appended_is_noticed() throws Exception {
    byte[] whole = tiny();
    Files.write(file(), Arrays.copyOf(whole, whole.length + 1));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("something was appended");
  }

  @Test
  void a_header_length_of_2_to_the_63_is_refused() throws Exception {
    byte[] whole = tiny();
    ByteBuffer.wrap(whole).put(7, (byte) 0x80);
    Arrays.fill(whole, 0, 7, (byte) 0);
    Files.write(file(), whole);

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a length of 9223372036854775808");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 'got version 3: a newer rnn4j wrote it, and is needed to read it'",
    "10, 'got version 10: a newer rnn4j wrote it, and is needed to read it'",
    "99999999999999999999, 'a newer rnn4j wrote it'",
    "0, 'got version 0: it is damaged'",
    "1.0, 'got version 1.0: it is damaged'",
    "'', 'got version : it is damaged'",
  })
  void another_version_is_refused_before_anything_else_is_looked_at(String version, String message)
      throws Exception {
    Models.saveChanged(
        file(),
        Models.tiny(1),
        tensors -> {},
        metadata -> {
          metadata.put("rnn4j.version", version);
          metadata.put("rnn4j.model", "whatever comes later");
        });

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(
            file() + ": expected a model file of version 1 to 2, which this library reads, got ")
        .hasMessageContaining(message);
  }

  @Test
  void a_newer_version_with_other_element_types_is_called_newer() throws Exception {
    String header =
        "{\"__metadata__\":{\"rnn4j.version\":\"3\"},"
            + "\"t\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]}}";
    Files.write(file(), RawFile.of(header, 4));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got version 3: a newer rnn4j");
  }

  @Test
  void a_file_of_another_program_is_refused() throws Exception {
    SafeTensors.of(Map.of("t", Tensor.zeros(DType.FLOAT32, 2)), Map.of("format", "pt"))
        .write(file());

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got a safetensors file without rnn4j.version: another program");
  }

  @Test
  void a_checksum_that_does_not_come_first_is_refused() throws Exception {
    ModelFile.save(file(), Models.tiny(1), Map.of());
    SafeTensors saved = SafeTensors.read(file());
    Map<String, String> reversed = new TreeMap<>(Comparator.reverseOrder());
    reversed.putAll(saved.metadata());
    SafeTensors.of(saved.tensors(), reversed).write(file());

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("expected the checksum rnn4j.crc32 at the head of the file, got no");
  }

  @Test
  void a_missing_tensor_is_named() throws Exception {
    saveTensors(tensors -> tensors.remove("gru.bias"));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            file() + ": rnn4j.model: Expected the tensor gru.bias of FLOAT32 [3], got none");
  }

  @Test
  void a_tensor_of_another_shape_is_named() throws Exception {
    saveTensors(tensors -> tensors.put("gru.input_weights", Tensor.zeros(DType.FLOAT32, 3, 2)));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("gru.input_weights of FLOAT32 [2, 3], got FLOAT32 [3, 2]");
  }

  @Test
  void a_tensor_of_another_type_is_named() throws Exception {
    saveTensors(tensors -> tensors.put("dense.bias", Tensor.zeros(DType.FLOAT64, 1)));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("dense.bias of FLOAT32 [1], got FLOAT64 [1]");
  }

  @Test
  void tensors_that_no_layer_has_are_named() throws Exception {
    saveTensors(
        tensors -> {
          tensors.put("z.bias", Tensor.zeros(DType.FLOAT32, 1));
          tensors.put("gru_2.bias", Tensor.zeros(DType.FLOAT32, 1));
        });

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("got also [gru_2.bias, z.bias]");
  }

  @Test
  void a_file_without_layers_is_refused() throws Exception {
    Models.saveChanged(
        file(), Models.tiny(1), tensors -> {}, metadata -> metadata.remove("rnn4j.model"));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file() + ": expected the layers under rnn4j.model, got none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | Expected JSON, got an empty text",
        "[] | Expected a JSON object, got",
        "{} | Expected the setting seed of the layer sequential",
        "{\"seed\":1,\"dtype\":\"FLOAT32\"} | Expected the setting layers of the layer sequential to be a list, got null",
        "{\"seed\":1,\"dtype\":\"FLOAT32\",\"layers\":[]} | Expected at least one layer",
        "{\"seed\":1,\"dtype\":\"FLOAT32\",\"layers\":[1]} | Expected a layer's type",
        "{\"seed\":1,\"dtype\":\"FLOAT32\",\"layers\":[],\"a\":2} | Expected no setting a of the layer sequential",
        "{\"seed\":1,\"dtype\":\"FLOAT16\",\"layers\":[]} | FLOAT16",
        "{\"seed\":1.5,\"dtype\":\"FLOAT32\",\"layers\":[]} | got 1.5",
      })
  void layers_that_cannot_be_understood_are_refused(String json, String message) throws Exception {
    Models.saveChanged(
        file(), Models.tiny(1), tensors -> {}, metadata -> metadata.put("rnn4j.model", json));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file() + ": rnn4j.model: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"vocabulary\":3', '\"vocabulary\":2147483647', 'Expected at most 2^31 - 1 elements'",
    "'\"vocabulary\":3', '\"vocabulary\":1000000000', 'embedding.table of FLOAT32 [1000000000, 2]'",
    "'\"hidden\":1', '\"hidden\":20000', 'gru.input_weights of FLOAT32 [2, 60000]'",
    "'\"hidden\":1', '\"hidden\":2147483647', 'Expected '",
    "'\"hidden\":1', '\"hidden\":0', 'Expected hidden of gru to be 1 or more, got 0'",
  })
  void layers_that_claim_more_than_the_file_holds_take_no_memory(
      String truth, String claimed, String message) throws Exception {
    Models.saveChanged(
        file(),
        Models.tiny(1),
        tensors -> {},
        metadata -> metadata.computeIfPresent("rnn4j.model", (k, v) -> v.replace(truth, claimed)));

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(message);
  }

  private void saveTensors(Consumer<Map<String, Tensor>> change) throws IOException {
    Models.saveChanged(file(), Models.tiny(1), change, metadata -> {});
  }

  private byte[] tiny() throws IOException {
    ModelFile.save(file(), Models.tiny(1), Map.of("labels", "[\"no\",\"yes\"]"));
    return Files.readAllBytes(file());
  }

  private Throwable assertRefused(String what) {
    Throwable refusal = catchThrowable(() -> ModelFile.load(file()));
    assertThat(refusal)
        .as(what)
        .isExactlyInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file() + ": ");
    return refusal;
  }

  private Path file() {
    return folder.resolve("model.safetensors");
  }
}
