package org.rnn4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/** Writes bytes and little-endian tensors to a channel, a block at a time, and sums them up. */
final class BlockWriter {
  /** Bytes that are moved at once; a multiple of every element's size. */
  static final int BLOCK_BYTES = 1 << 16;

  private final WritableByteChannel channel;
  private final Checksum.@Nullable Sum sum;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  BlockWriter(WritableByteChannel channel, Checksum.@Nullable Sum sum) {
    this.channel = channel;
    this.sum = sum;
  }

  void bytes(byte[] bytes) throws IOException {
    if (sum != null) {
      sum.add(bytes, bytes.length);
    }
    drain(ByteBuffer.wrap(bytes));
  }

  void tensor(Tensor tensor) throws IOException {
    int atOnce = BLOCK_BYTES / tensor.type().bytes();
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(tensor.size() - done, atOnce);
      block.clear().limit(count * tensor.type().bytes());
      if (tensor.type() == DType.FLOAT32) {
        block.asFloatBuffer().put(tensor.floats(), done, count);
      } else {
        block.asDoubleBuffer().put(tensor.doubles(), done, count);
      }
      if (sum != null) {
        sum.add(block.array(), block.limit());
      }
      drain(block);
      done += count;
    }
  }

  private void drain(ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
