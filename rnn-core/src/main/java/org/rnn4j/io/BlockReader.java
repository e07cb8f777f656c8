package org.rnn4j.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Shape;
import org.rnn4j.tensor.Tensor;

/** Reads bytes and little-endian tensors from a channel, a block at a time, and sums them up. */
final class BlockReader {
  private final ReadableByteChannel channel;
  private final Checksum.@Nullable Sum sum;
  private final ByteBuffer block =
      ByteBuffer.allocate(BlockWriter.BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  BlockReader(ReadableByteChannel channel, Checksum.@Nullable Sum sum) {
    this.channel = channel;
    this.sum = sum;
  }

  /** The next bytes; the caller has made sure that the file has so many. */
  static byte[] bytes(ReadableByteChannel channel, int count) throws IOException {
    byte[] bytes = new byte[count];
    fill(channel, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** The next tensor; the caller has made sure that the file has the bytes. */
  Tensor tensor(DType type, Shape shape) throws IOException {
    return type == DType.FLOAT32
        ? Tensor.wrap(shape, floats(shape.size()))
        : Tensor.wrap(shape, doubles(shape.size()));
  }

  private float[] floats(int size) throws IOException {
    float[] values = new float[size];
    for (int done = 0; done < size; ) {
      int count = Math.min(size - done, BlockWriter.BLOCK_BYTES / Float.BYTES);
      next(count * Float.BYTES).asFloatBuffer().get(values, done, count);
      done += count;
    }
    return values;
  }

  private double[] doubles(int size) throws IOException {
    double[] values = new double[size];
    for (int done = 0; done < size; ) {
      int count = Math.min(size - done, BlockWriter.BLOCK_BYTES / Double.BYTES);
      next(count * Double.BYTES).asDoubleBuffer().get(values, done, count);
      done += count;
    }
    return values;
  }

  private ByteBuffer next(int count) throws IOException {
    block.clear().limit(count);
    fill(channel, block);
    if (sum != null) {
      sum.add(block.array(), count);
    }
    return block.flip();
  }

  private static void fill(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
  }
}
