package org.rnn4j.backend;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;

/**
 * What each row of an embedding makes of a recurrent layer's gates, {@code b + e·W}: a text's first
 * product, which is the same for every text that has the word. A row is computed when its id is
 * first seen, and kept while the memory for it lasts, the weights stay, and the layer that asks is
 * the same. Any number of threads may use it at once.
 */
public final class ProjectedTable {
  /** Floats kept at most, 64 MB; ids seen later are computed each time. */
  private static final int MOST_FLOATS = 1 << 24;

  private static final VarHandle ROW = MethodHandles.arrayElementVarHandle(float[][].class);

  private final Tensor table;
  private volatile @Nullable Rows rows;

  /** Rows of one layer and one state of the weights. */
  private static final class Rows {
    private final InputProjection layer;
    private final long layerVersion;
    private final int tableVersion;
    private final float[][] rows;
    private volatile int kept;

    Rows(InputProjection layer, long layerVersion, int tableVersion, int count) {
      this.layer = layer;
      this.layerVersion = layerVersion;
      this.tableVersion = tableVersion;
      this.rows = new float[count][];
    }

    boolean areOf(InputProjection asking, long layerNow, int tableNow) {
      return layerVersion == layerNow && tableVersion == tableNow && layer.isOf(asking);
    }
  }

  /** An empty table over an embedding. */
  public ProjectedTable(Tensor table) {
    this.table = table;
  }

  /** Copies the gates of an id to an array, computing them where they are not known yet. */
  void copyRow(int id, InputProjection layer, float[] gates, int offset) {
    if (id < 0 || id >= table.rows()) {
      throw new IllegalArgumentException(
          "Expected ids from 0 to " + (table.rows() - 1) + ", got " + id);
    }
    Rows current = current(layer);
    int width = layer.width();
    float[] row = (float[]) ROW.getAcquire(current.rows, id);
    if (row != null) {
      System.arraycopy(row, 0, gates, offset, width);
      return;
    }
    layer.project(table.floats(), id * table.columns(), 1, gates, offset);
    if ((long) (current.kept + 1) * width <= MOST_FLOATS) {
      float[] copy = new float[width];
      System.arraycopy(gates, offset, copy, 0, width);
      ROW.setRelease(current.rows, id, copy);
      current.kept++; // the limit is a rough one: two threads may count one row twice
    }
  }

  /** Copies the gates of some tokens of a packed batch. */
  void copyRows(
      Sequences sequences, int token, int count, InputProjection layer, float[] gates, int offset) {
    for (int i = 0; i < count; i++) {
      copyRow(sequences.id(token + i), layer, gates, offset + i * layer.width());
    }
  }

  /** What a recurrence over a batch is given; the values are looked up here instead. */
  RecurrentInput input(Sequences sequences) {
    return new RecurrentInput(sequences, false, table, null, null, null, 0, null, false);
  }

  /**
   * Checks that a layer reads rows of the table.
   *
   * @throws IllegalArgumentException if it reads rows of another width
   */
  void check(InputProjection layer) {
    if (layer.input() != table.columns()) {
      throw new IllegalArgumentException(
          "Expected a table of rows as wide as the layer's input, "
              + layer.input()
              + ", got one of shape "
              + table.shape());
    }
  }

  private Rows current(InputProjection layer) {
    Rows known = rows;
    long layerNow = layer.version();
    int tableNow = table.version();
    if (known == null || !known.areOf(layer, layerNow, tableNow)) {
      known = new Rows(layer, layerNow, tableNow, table.rows());
      rows = known;
    }
    return known;
  }
}
