package org.rnn4j.tensor;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.jspecify.annotations.Nullable;

/**
 * A dense row-major array of numbers with a {@link Shape} and a {@link DType}, stored in one EJML
 * matrix: {@link FMatrixRMaj} for {@link DType#FLOAT32}, {@link DMatrixRMaj} for {@link
 * DType#FLOAT64}. The storage may be longer than the shape asks for; only the first {@code
 * shape().size()} elements belong to the tensor.
 *
 * <p>A tensor is mutable and not synchronised. Tensors that are only read may be shared between
 * threads.
 */
public final class Tensor {
  private final Shape shape;
  private final @Nullable FMatrixRMaj single;
  private final @Nullable DMatrixRMaj full;
  private volatile @Nullable Derived derived;
  private int version;

  private Tensor(Shape shape, @Nullable FMatrixRMaj single, @Nullable DMatrixRMaj full) {
    this.shape = shape;
    this.single = single;
    this.full = full;
  }

  /** A tensor of zeros. */
  public static Tensor zeros(DType type, Shape shape) {
    return type == DType.FLOAT32
        ? wrap(shape, new float[shape.size()])
        : wrap(shape, new double[shape.size()]);
  }

  /** A tensor of zeros with the given extents. */
  public static Tensor zeros(DType type, int... dimensions) {
    return zeros(type, Shape.of(dimensions));
  }

  /**
   * A tensor holding the given values in row-major order, rounded to the type.
   *
   * @throws IllegalArgumentException if the number of values is not the shape's size
   */
  public static Tensor of(DType type, Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "Expected " + shape.size() + " values for the shape " + shape + ", got " + values.length);
    }
    Tensor tensor = zeros(type, shape);
    for (int i = 0; i < values.length; i++) {
      tensor.set(i, values[i]);
    }
    return tensor;
  }

  /**
   * A matrix holding the given rows, rounded to the type.
   *
   * @throws IllegalArgumentException if the rows differ in length
   */
  public static Tensor matrix(DType type, double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    Tensor tensor = zeros(type, rows.length, columns);
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new IllegalArgumentException(
            "Expected " + columns + " values in row " + row + ", got " + rows[row].length);
      }
      for (int column = 0; column < columns; column++) {
        tensor.set(row * columns + column, rows[row][column]);
      }
    }
    return tensor;
  }

  /**
   * A single-precision tensor over the caller's array, which is not copied.
   *
   * @throws IllegalArgumentException if the array is shorter than the shape asks for
   */
  public static Tensor wrap(Shape shape, float[] storage) {
    requireCapacity(shape, storage.length);
    FMatrixRMaj matrix = new FMatrixRMaj();
    matrix.setData(storage);
    matrix.numRows = shape.rows();
    matrix.numCols = shape.columns();
    return new Tensor(shape, matrix, null);
  }

  /**
   * A double-precision tensor over the caller's array, which is not copied.
   *
   * @throws IllegalArgumentException if the array is shorter than the shape asks for
   */
  public static Tensor wrap(Shape shape, double[] storage) {
    requireCapacity(shape, storage.length);
    DMatrixRMaj matrix = new DMatrixRMaj();
    matrix.setData(storage);
    matrix.numRows = shape.rows();
    matrix.numCols = shape.columns();
    return new Tensor(shape, null, matrix);
  }

  private static void requireCapacity(Shape shape, int capacity) {
    if (capacity < shape.size()) {
      throw new IllegalArgumentException(
          "Expected an array of at least "
              + shape.size()
              + " elements for the shape "
              + shape
              + ", got "
              + capacity);
    }
  }

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** The element type. */
  public DType type() {
    return single != null ? DType.FLOAT32 : DType.FLOAT64;
  }

  /** The number of elements. */
  public int size() {
    return shape.size();
  }

  /** The rows of the matrix that holds the tensor. */
  public int rows() {
    return shape.rows();
  }

  /** The columns of the matrix that holds the tensor. */
  public int columns() {
    return shape.columns();
  }

  /** One element in row-major order, widened to double. */
  public double get(int index) {
    return single != null ? single.data[index] : doubles()[index];
  }

  /** One element by row and column of the matrix that holds the tensor, widened to double. */
  public double get(int row, int column) {
    return get(row * columns() + column);
  }

  /** Sets one element in row-major order, rounded to the type. */
  public void set(int index, double value) {
    if (single != null) {
      single.data[index] = (float) value;
    } else {
      doubles()[index] = value;
    }
    changed();
  }

  /** Sets one element by row and column, rounded to the type. */
  public void set(int row, int column, double value) {
    set(row * columns() + column, value);
  }

  /** Sets every element. */
  public void fill(double value) {
    if (single != null) {
      Arrays.fill(single.data, 0, size(), (float) value);
    } else {
      Arrays.fill(doubles(), 0, size(), value);
    }
    changed();
  }

  /** Sets every element of a row. */
  public void fillRow(int row, double value) {
    int width = columns();
    if (single != null) {
      Arrays.fill(single.data, row * width, (row + 1) * width, (float) value);
    } else {
      Arrays.fill(doubles(), row * width, (row + 1) * width, value);
    }
    changed();
  }

  /**
   * The storage of a single-precision tensor, row-major; it may be longer than {@link #size()}.
   *
   * @throws IllegalStateException if the tensor is of another type
   */
  public float[] floats() {
    if (single == null) {
      throw new IllegalStateException("Expected a FLOAT32 tensor, got FLOAT64 " + shape);
    }
    return single.data;
  }

  /**
   * The storage of a double-precision tensor, row-major; it may be longer than {@link #size()}.
   *
   * @throws IllegalStateException if the tensor is of another type
   */
  public double[] doubles() {
    if (full == null) {
      throw new IllegalStateException("Expected a FLOAT64 tensor, got FLOAT32 " + shape);
    }
    return full.data;
  }

  /**
   * The tensor as an EJML matrix over the same storage: what is written to one is seen in the
   * other.
   */
  public SimpleMatrix matrix() {
    return SimpleMatrix.wrap(single != null ? single : full);
  }

  /** The elements in row-major order, widened to double, as a fresh array. */
  public double[] toArray() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }

  /** A copy of the given type; values are rounded where it is narrower. */
  public Tensor to(DType type) {
    return of(type, shape, toArray());
  }

  /** A copy with storage of its own. */
  public Tensor copy() {
    return single != null
        ? wrap(shape, Arrays.copyOf(single.data, size()))
        : wrap(shape, Arrays.copyOf(doubles(), size()));
  }

  /**
   * Overwrites every element with those of another tensor of the same shape and type.
   *
   * @throws IllegalArgumentException if shape or type differ
   */
  public void assign(Tensor other) {
    if (!shape.equals(other.shape) || type() != other.type()) {
      throw new IllegalArgumentException(
          "Expected " + type() + " " + shape + ", got " + other.type() + " " + other.shape);
    }
    Object target = single != null ? single.data : doubles();
    Object source = other.single != null ? other.single.data : other.doubles();
    System.arraycopy(source, 0, target, 0, size());
    changed();
  }

  /**
   * Says that elements were written through {@link #floats()}, {@link #doubles()} or {@link
   * #matrix()}, so that forms derived from them are made anew when next asked for. The methods of
   * the tensor that write call it themselves.
   */
  public void changed() {
    version++;
    Derived current = derived;
    if (current != null && !current.stale) {
      derived = new Derived(current.value, true);
    }
  }

  /** How often the tensor was said to have {@link #changed}. */
  public int version() {
    return version;
  }

  /** The form that {@link #derived(UnaryOperator)} would give without making one, or null. */
  public @Nullable Object derived() {
    Derived current = derived;
    return current != null && !current.stale ? current.value : null;
  }

  /**
   * A form of this tensor that a backend keeps beside it, such as weights packed for a product. It
   * is made on the first call and again on the first call after {@link #changed()}; the maker is
   * then handed the stale form to write over. Of threads that ask at the same time one makes it,
   * and all are given the same.
   */
  public Object derived(UnaryOperator<@Nullable Object> maker) {
    Derived current = derived;
    return current != null && !current.stale ? current.value : makeDerived(maker);
  }

  private synchronized Object makeDerived(UnaryOperator<@Nullable Object> maker) {
    Derived current = derived;
    if (current == null || current.stale) {
      current = new Derived(maker.apply(current == null ? null : current.value), false);
      derived = current;
    }
    return current.value;
  }

  private record Derived(Object value, boolean stale) {}

  /** Type, shape and the first few elements. */
  @Override
  public String toString() {
    int shown = Math.min(size(), 8);
    StringBuilder text = new StringBuilder(type() + " " + shape + " [");
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(get(i));
    }
    return text.append(shown < size() ? ", …]" : "]").toString();
  }
}
