package org.rnn4j.backend;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.tensor.Tensor;

/**
 * Blocks of columns of a weight matrix, packed for products by one implementation of the kernels
 * and kept beside the tensor until it changes. A transposed block serves {@code dy·Wᵀ}.
 */
final class PackedWeights {
  private record Block(int firstColumn, int columns, boolean transposed, PackedMatrix packed) {}

  private final Kernels kernels;
  private final Tensor weights;
  private final List<Block> stale;
  private volatile List<Block> blocks = List.of();

  private PackedWeights(Kernels kernels, Tensor weights, List<Block> stale) {
    this.kernels = kernels;
    this.weights = weights;
    this.stale = stale;
  }

  /** The packed forms that are kept beside a tensor. */
  static PackedWeights of(Kernels kernels, Tensor weights) {
    Object fresh = weights.derived();
    if (fresh instanceof PackedWeights packed && packed.kernels == kernels) {
      return packed;
    }
    PackedWeights kept = (PackedWeights) weights.derived(old -> renew(kernels, weights, old));
    return kept.kernels == kernels ? kept : new PackedWeights(kernels, weights, List.of());
  }

  private static PackedWeights renew(Kernels kernels, Tensor weights, @Nullable Object old) {
    return old instanceof PackedWeights packed && packed.kernels == kernels
        ? new PackedWeights(kernels, weights, packed.blocks)
        : new PackedWeights(kernels, weights, List.of());
  }

  /** The whole matrix W, for {@code x·W}. */
  PackedMatrix whole() {
    return columns(0, weights.columns(), false);
  }

  /** The whole matrix Wᵀ, for {@code dy·Wᵀ}. */
  PackedMatrix wholeTransposed() {
    return columns(0, weights.columns(), true);
  }

  /** Some columns of W, or their transpose. */
  PackedMatrix columns(int first, int count, boolean transposed) {
    PackedMatrix found = find(blocks, first, count, transposed);
    return found != null ? found : pack(first, count, transposed);
  }

  private synchronized PackedMatrix pack(int first, int count, boolean transposed) {
    PackedMatrix found = find(blocks, first, count, transposed);
    if (found != null) {
      return found;
    }
    int stride = weights.columns();
    PackedMatrix reuse = find(stale, first, count, transposed);
    PackedMatrix packed =
        transposed
            ? kernels.pack(weights.floats(), first, 1, stride, count, weights.rows(), reuse)
            : kernels.pack(weights.floats(), first, stride, 1, weights.rows(), count, reuse);
    List<Block> more = new ArrayList<>(blocks);
    more.add(new Block(first, count, transposed, packed));
    blocks = List.copyOf(more);
    return packed;
  }

  private static @Nullable PackedMatrix find(
      List<Block> blocks, int first, int count, boolean transposed) {
    for (int i = 0; i < blocks.size(); i++) { // by index: an iterator would take memory
      Block block = blocks.get(i);
      if (block.firstColumn == first && block.columns == count && block.transposed == transposed) {
        return block.packed;
      }
    }
    return null;
  }
}
