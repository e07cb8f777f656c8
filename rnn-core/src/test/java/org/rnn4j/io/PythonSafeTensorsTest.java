package org.rnn4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rnn4j.json.Json;
import org.rnn4j.layer.Sequential;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * Files that go to Python's safetensors and come from it. The property {@code rnn.python} names a
 * Python that has it; without the property there is nothing to run.
 */
class PythonSafeTensorsTest {

  private static final String PYTHON = System.getProperty("rnn.python", "");
  private static final Path SCRIPT = Path.of("src", "test", "python", "safetensors_files.py");

  @TempDir Path folder;

  @BeforeEach
  void python_is_there() {
    assumeTrue(!PYTHON.isEmpty(), "the property rnn.python names a Python with safetensors");
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void python_reads_a_model_file(DType type) throws Exception {
    Sequential model = Models.everyLayer(type, 7);
    Path file = folder.resolve("model.safetensors");
    ModelFile.save(file, model, Map.of("labels", "[\"schön\",\"\uD83D\uDE00\"]"));

    Map<String, Object> read = Json.parseObject(run("read", file));

    assertThat(read.get("metadata")).isEqualTo(SafeTensors.read(file).metadata());
    assertThat(read.get("crc32"))
        .isEqualTo(SafeTensors.read(file).metadata().get(Checksum.CRC_32.key()));
    Map<?, ?> tensors = (Map<?, ?>) read.get("tensors");
    assertThat(tensors).hasSameSizeAs(model.parameters());
    model
        .parameters()
        .forEach(
            (name, parameter) ->
                assertThat(tensors.get(name)).as(name).isEqualTo(described(parameter.value())));
  }

  private static Map<String, Object> described(Tensor tensor) {
    return Map.of(
        "dtype", tensor.type() == DType.FLOAT32 ? "float32" : "float64",
        "shape", Arrays.stream(tensor.shape().dimensions()).mapToObj(Long::valueOf).toList(),
        "values", Arrays.stream(tensor.toArray()).boxed().toList());
  }

  @Test
  void a_file_of_python_is_read() throws Exception {
    Path file = folder.resolve("python.safetensors");
    run("write", file);

    SafeTensors read = SafeTensors.read(file);

    assertThat(read.metadata())
        .containsExactlyInAnyOrderEntriesOf(Map.of("from", "Python", "text", "ü \"\n"));
    Map<String, Tensor> tensors = read.tensors();
    assertThat(tensors).containsOnlyKeys("single", "double", "scalar", "empty");
    assertThat(tensors.get("single").type()).isEqualTo(DType.FLOAT32);
    assertThat(tensors.get("single").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(tensors.get("single").toArray()).containsExactly(0, 0.25, 0.5, 0.75, 1, 1.25);
    assertThat(tensors.get("double").type()).isEqualTo(DType.FLOAT64);
    assertThat(tensors.get("double").toArray()).containsExactly(1.0 / 3, -0.0, Double.MIN_VALUE);
    assertThat(tensors.get("scalar").shape()).isEqualTo(Shape.of());
    assertThat(tensors.get("scalar").toArray()).containsExactly(2.5);
    assertThat(tensors.get("empty").shape()).isEqualTo(Shape.of(0, 2));
  }

  private static String run(String what, Path file) throws Exception {
    Process process =
        new ProcessBuilder(PYTHON, SCRIPT.toString(), what, file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
