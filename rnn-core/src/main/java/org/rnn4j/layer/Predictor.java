package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.layer.BatchPrediction.ProjectedLayers;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * Predicts one text at a time, fast and without taking memory: its buffers grow with the longest
 * text and are used again. The first recurrent layer's product with its inputs is looked up in a
 * table that fills with the words that come by.
 *
 * <pre>{@code
 * Predictor predictor = model.predictor();
 * float[] probabilities = predictor.predict(ids);
 * }</pre>
 *
 * <p>Where the recurrent layer reads backwards or in both directions, its products are computed
 * anew for each text.
 *
 * <p>The result is that of {@link Sequential#predict}, bit for bit. A predictor is for one thread
 * at a time; any number may work on one network while none trains. Networks in FLOAT64, or with
 * layers of a program's own, are predicted as well, but with memory taken for each text.
 */
public final class Predictor {
  private final Sequential model;
  private final @Nullable List<TextStage> stages;
  private final TextRows rows = new TextRows();
  private final float[] probabilities;

  Predictor(Sequential model, FastBackend backend, @Nullable ProjectedLayers projected) {
    this.model = model;
    this.stages = model.type() == DType.FLOAT32 ? stages(model, backend, projected) : null;
    this.probabilities = new float[model.outputs()];
  }

  /** The work of each layer, or null where a layer cannot say it. */
  private static @Nullable List<TextStage> stages(
      Sequential model, FastBackend backend, @Nullable ProjectedLayers projected) {
    List<TextStage> stages = new ArrayList<>();
    List<Layer> layers = new ArrayList<>(model.layers().values());
    int first = 0;
    if (projected != null) {
      SequenceRecurrence sequence = projected.recurrent().sequence(backend);
      stages.add(projectedStage(projected.embedding(), sequence, projected.table()));
      first = 2;
    }
    TextStage rest = Chain.stage(layers.subList(first, layers.size()), backend);
    if (rest == null) {
      return null;
    }
    stages.add(rest);
    return stages;
  }

  private static TextStage projectedStage(
      Embedding embedding, SequenceRecurrence sequence, ProjectedTable projected) {
    return rows -> {
      embedding.settle();
      sequence.run(projected, rows.ids(), rows.rows(), rows.next(rows.rows(), sequence.outputs()));
      rows.replace(rows.rows(), sequence.outputs());
    };
  }

  /**
   * The head's output for one text: for one sigmoid neuron the probability of class 1, for softmax
   * that of each class.
   *
   * @param ids the text's tokens; none gives what the network says without evidence
   * @return the predictor's own array, which the next call writes over
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public float[] predict(int... ids) {
    model.requireIds(ids, "the text");
    if (stages == null) {
      Tensor output = model.predict(Sequences.pack(ids));
      for (int j = 0; j < probabilities.length; j++) {
        probabilities[j] = (float) output.get(j);
      }
      return probabilities;
    }
    rows.start(ids);
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).run(rows);
    }
    System.arraycopy(rows.values(), 0, probabilities, 0, probabilities.length);
    return probabilities;
  }
}
