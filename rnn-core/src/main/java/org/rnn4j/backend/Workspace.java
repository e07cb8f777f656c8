package org.rnn4j.backend;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/**
 * Storage for the temporary tensors of a pass, handed out in order and taken back all at once by
 * {@link #reset}. The next pass asks for much the same in the same order, so that storage is
 * recycled and steady-state work allocates next to nothing. Tensors handed out before a reset must
 * not be used after it. For one thread at a time.
 */
public final class Workspace {
  private static final int MOST_SPARE = 1 << 20;

  private final DType type;
  private final List<Object> buffers = new ArrayList<>();
  private int used;

  /** An empty workspace for tensors of one type. */
  public Workspace(DType type) {
    this.type = type;
  }

  /** The type of the tensors handed out. */
  public DType type() {
    return type;
  }

  /** A tensor whose elements are whatever they are; to be written before it is read. */
  public Tensor uninitialised(int... dimensions) {
    Shape shape = Shape.of(dimensions);
    Object buffer = buffer(shape.size());
    return type == DType.FLOAT32
        ? Tensor.wrap(shape, (float[]) buffer)
        : Tensor.wrap(shape, (double[]) buffer);
  }

  /** A tensor of zeros. */
  public Tensor zeros(int... dimensions) {
    Tensor tensor = uninitialised(dimensions);
    tensor.fill(0);
    return tensor;
  }

  /** A tensor of zeros shaped as another. */
  public Tensor zerosLike(Tensor other) {
    return zeros(other.shape().dimensions());
  }

  /** Takes back all storage. */
  public void reset() {
    used = 0;
  }

  private Object buffer(int size) {
    if (used == buffers.size()) {
      buffers.add(allocate(size));
    } else if (capacity(buffers.get(used)) < size) {
      buffers.set(used, allocate((int) Math.min(size + spare(size), Integer.MAX_VALUE - 8)));
    }
    return buffers.get(used++);
  }

  /** Room for growth: a quarter, but little beside what one very long text needs. */
  private static long spare(int size) {
    return Math.min(size / 4, MOST_SPARE);
  }

  private Object allocate(int size) {
    return type == DType.FLOAT32 ? new float[size] : new double[size];
  }

  private static int capacity(Object buffer) {
    return buffer instanceof float[] floats ? floats.length : ((double[]) buffer).length;
  }
}
