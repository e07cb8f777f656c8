package org.rnn4j.layer;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Backend;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.backend.ProjectedTable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workers;
import org.rnn4j.backend.Workspace;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * How a network predicts batches: without a tape, with memory that is used again, and, where a
 * recurrent layer follows the embedding, with its products with words looked up. Any number of
 * threads may use it at once.
 */
final class BatchPrediction {
  private final Sequential model;
  private final Chain chain;
  private final @Nullable ProjectedLayers projected;

  /** Kept from one prediction to the next as long as the memory is not needed otherwise. */
  private final ConcurrentLinkedQueue<SoftReference<Workspace>> workspaces =
      new ConcurrentLinkedQueue<>();

  BatchPrediction(Sequential model, Chain chain) {
    this.model = model;
    this.chain = chain;
    this.projected = ProjectedLayers.of(List.copyOf(chain.layers().values()));
  }

  /** The single-threaded backend that all networks share, made on first use. */
  private static final class Single {
    private static final FastBackend BACKEND = new FastBackend(KernelSelection.kernels());
  }

  /** The single-threaded backend for float32. */
  static FastBackend fastBackend() {
    return Single.BACKEND;
  }

  private Backend backend() {
    return model.type() == DType.FLOAT32 ? fastBackend() : ReferenceBackend.INSTANCE;
  }

  /**
   * The first two layers, an embedding and a recurrent layer that reads forwards, and the products
   * of the second with the words of the first.
   */
  record ProjectedLayers(Embedding embedding, RecurrentLayer recurrent, ProjectedTable table) {
    /** Those of a chain of layers, or null where it begins otherwise. */
    static @Nullable ProjectedLayers of(List<Layer> chain) {
      return chain.get(0) instanceof Embedding embedding
              && chain.get(1) instanceof RecurrentLayer recurrent
              && !recurrent.spec().options().backwards()
          ? new ProjectedLayers(embedding, recurrent, new ProjectedTable(embedding.table()))
          : null;
    }
  }

  /** The first two layers where their products can be looked up, else null. */
  @Nullable ProjectedLayers projected() {
    return projected;
  }

  Tensor predict(Sequences sequences) {
    return predict(sequences, backend());
  }

  Tensor predict(Sequences sequences, Workers workers) {
    Backend backend =
        model.type() == DType.FLOAT32
            ? new FastBackend(KernelSelection.kernels(), workers)
            : ReferenceBackend.INSTANCE;
    return predict(sequences, backend);
  }

  private Tensor predict(Sequences sequences, Backend backend) {
    Tensor logits = logits(sequences, backend);
    Tensor probabilities = Tensor.zeros(model.type(), logits.shape());
    backend.activate(model.headActivation(), logits, probabilities);
    return probabilities;
  }

  Tensor logits(Sequences sequences) {
    return logits(sequences, backend());
  }

  private Tensor logits(Sequences sequences, Backend backend) {
    SoftReference<Workspace> kept = workspaces.poll();
    Workspace workspace = kept == null ? null : kept.get();
    if (kept == null || workspace == null) {
      workspace = new Workspace(model.type());
      kept = new SoftReference<>(workspace);
    }
    Tensor logits = logits(Pass.inference(backend, workspace), sequences).value().copy();
    workspace.reset();
    workspaces.add(kept);
    return logits;
  }

  private Variable logits(Pass pass, Sequences sequences) {
    ProjectedLayers layers = projected;
    if (layers == null || !(pass.backend() instanceof FastBackend backend)) {
      return model.logits(pass, sequences);
    }
    layers.embedding().requireIds(sequences);
    layers.embedding().settle();
    Tensor states =
        layers.recurrent().projected(backend, sequences, layers.table(), pass.workspace());
    Activations activations = Activations.tokens(sequences, Variable.constant(states));
    return chain.logits(pass, activations, 2, (name, output) -> {});
  }

  /** See {@link Sequential#attention}. */
  double[][][] attention(Sequences sequences) {
    List<Tensor> weights = attended(sequences);
    if (weights.isEmpty()) {
      throw new IllegalStateException(
          "Expected a network with a layer of attention, got the layers "
              + model.layers().keySet());
    }
    double[][][] byText = new double[sequences.batch()][0][];
    for (Tensor layer : weights) {
      double[][][] byToken = sequences.unpackRows(layer);
      for (int text = 0; text < byText.length; text++) {
        byText[text] = withHops(byText[text], byToken[text], layer.columns());
      }
    }
    return byText;
  }

  /** The weights that each layer with attention gives, {@code [tokens, hops]}. */
  List<Tensor> attended(Sequences sequences) {
    List<Tensor> weights = new ArrayList<>();
    Pass pass = Pass.inference(backend(), new Workspace(model.type()));
    model.logits(pass.watching(weights::add), sequences);
    return weights;
  }

  /** Hops, and after them those given token by token. */
  private static double[][] withHops(double[][] hops, double[][] byToken, int more) {
    double[][] all = Arrays.copyOf(hops, hops.length + more);
    for (int hop = 0; hop < more; hop++) {
      double[] weights = new double[byToken.length];
      for (int t = 0; t < weights.length; t++) {
        weights[t] = byToken[t][hop];
      }
      all[hops.length + hop] = weights;
    }
    return all;
  }
}
