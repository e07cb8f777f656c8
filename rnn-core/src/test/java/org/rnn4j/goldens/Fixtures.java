package org.rnn4j.goldens;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.tensor.Tensor;

/**
 * Recorded fixtures: where they lie, and their arrays, which are a {@code shape} and row-major
 * {@code data}.
 */
final class Fixtures {
  private Fixtures() {}

  /**
   * A file among the fixtures. Without the system property {@code rnn.shared} the test is skipped;
   * with it the file must be there.
   */
  static Path path(String name) {
    String shared = System.getProperty("rnn.shared", "");
    assumeTrue(!shared.isBlank(), "The property rnn.shared does not say where the fixtures lie");
    return Path.of(shared, "fixtures", name);
  }

  static Stream<Named<Backend>> backends() {
    return Stream.of(
        Named.of("reference", ReferenceBackend.INSTANCE),
        Named.of("fast", new FastBackend(KernelSelection.kernels())));
  }

  /** A two-dimensional array as rows. */
  static double[][] matrix(Golden array) {
    int[] shape = shape(array, 2);
    return rows(array.vector("data"), 0, shape[0], shape[1]);
  }

  /** A three-dimensional array. */
  static double[][][] cube(Golden array) {
    int[] shape = shape(array, 3);
    double[] data = array.vector("data");
    double[][][] cube = new double[shape[0]][][];
    for (int i = 0; i < cube.length; i++) {
      cube[i] = rows(data, i * shape[1] * shape[2], shape[1], shape[2]);
    }
    return cube;
  }

  private static int[] shape(Golden array, int rank) {
    int[] shape = array.integers("shape");
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int data = array.list("data").size();
    if (shape.length != rank || size != data) {
      String actual = data + " numbers of shape " + Arrays.toString(shape);
      throw new AssertionError("Expected rank " + rank + " at " + array + ", got " + actual);
    }
    return shape;
  }

  static double[][] rows(Tensor tensor) {
    return rows(tensor.toArray(), 0, tensor.rows(), tensor.columns());
  }

  static double[][] constant(int rows, int columns, double value) {
    double[] data = new double[rows * columns];
    Arrays.fill(data, value);
    return rows(data, 0, rows, columns);
  }

  private static double[][] rows(double[] data, int offset, int rows, int columns) {
    double[][] matrix = new double[rows][];
    for (int row = 0; row < rows; row++) {
      matrix[row] = Arrays.copyOfRange(data, offset + row * columns, offset + (row + 1) * columns);
    }
    return matrix;
  }
}
