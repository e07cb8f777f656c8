package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.AttentionOperations;
import org.rnn4j.autograd.Operations;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.RowOperations;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Initializer;
import org.rnn4j.tensor.Tensor;

/**
 * Sums each text up by attention, {@code [tokens, input]} to {@code [batch, hops·input]}: with h a
 * token's row, each hop k weighs the tokens of a text against each other,
 *
 * <pre>
 *   u = tanh(h·W + b)     a_k = softmax over time (u·c_k)     m_k = Σ_t a_k[t]·h[t]     y = (m_1 | m_2 | …)
 * </pre>
 *
 * <p>and a text without tokens gives zeros. {@link #additive} is the attention of one hop of Yang
 * et al. 2016 (Hierarchical Attention Networks), its score that of Bahdanau et al. 2015. {@link
 * #structured} is the self-attention of Lin et al. 2017 (A Structured Self-attentive Sentence
 * Embedding): several hops and no b; there W is the transposed W_s1 and c the transposed W_s2. So
 * that hops look at different tokens, a {@link Penalty} may be added to what training makes small:
 * with A the weights of a text, {@code [hops, tokens]}, it is the coefficient times the mean over
 * the texts of a batch of ‖A·Aᵀ − I‖², zero for a text without tokens.
 *
 * <p>Parameters: {@code weights} W {@code [input, size]} and {@code context} c {@code [size,
 * hops]}, Glorot uniform; {@code bias} b {@code [size]}, 0, where there is one. The weights a of a
 * text are {@link Sequential#attention}. Backward: docs/derivations/attention.md.
 */
public final class Attention implements StagedLayer {
  static final String TYPE = "attention";

  /** How the distance of A·Aᵀ from I is measured. */
  public enum Penalty {
    /** The sum of the squares of its hops·hops elements, as in the paper. */
    SUM,
    /** Their mean, as in the authors' program: {@link #SUM} divided by hops². */
    MEAN
  }

  private final Spec spec;
  private final Parameter weights;
  private final @Nullable Parameter bias;
  private final Parameter context;

  private Attention(Spec spec, int input, Weights parameters) {
    this.spec = spec;
    weights = parameters.parameter("weights", true, Initializer.glorotUniform(), input, spec.size);
    bias =
        spec.bias ? parameters.parameter("bias", true, Initializer.constant(0), spec.size) : null;
    context =
        parameters.parameter("context", true, Initializer.glorotUniform(), spec.size, spec.hops);
  }

  /**
   * Attention of one hop, with a bias.
   *
   * @param size the width of u
   */
  public static Spec additive(int size) {
    return new Spec(size, 1, true, Penalty.SUM, 0);
  }

  /**
   * Attention of several hops, without a bias; without a penalty unless told.
   *
   * @param size the width of u, d_a in the paper, which has 350
   * @param hops how often each text is summed up, r in the paper, which has 30
   */
  public static Spec structured(int size, int hops) {
    return new Spec(size, hops, false, Penalty.SUM, 0);
  }

  /**
   * What the layer is.
   *
   * @param size the width of u
   * @param hops how often each text is summed up
   * @param bias whether there is a b
   * @param penalty how hops that look at the same tokens are measured
   * @param coefficient what the penalty is multiplied by; 0 for none
   */
  public record Spec(int size, int hops, boolean bias, Penalty penalty, double coefficient)
      implements LayerSpec {
    /** Checks the sizes and the coefficient. */
    public Spec {
      Settings.requirePositive(TYPE, "size", size);
      Settings.requirePositive(TYPE, "hops", hops);
      if (!(coefficient >= 0 && coefficient < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "Expected coefficient of attention to be 0 or more, got " + coefficient);
      }
    }

    /** The same with a penalty; the paper multiplies the sum by 1 and less. */
    public Spec penalty(Penalty penalty, double coefficient) {
      return new Spec(size, hops, bias, penalty, coefficient);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("size", size);
      settings.put("hops", hops);
      settings.put("bias", bias);
      settings.put("penalty", penalty.name());
      settings.put("coefficient", coefficient);
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      input.require(Signal.Form.TOKENS, TYPE);
      return Signal.texts(Math.multiplyExact(hops, input.width()));
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      return new Attention(this, input.width(), weights);
    }
  }

  @Override
  public LayerSpec spec() {
    return spec;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>(List.of(weights));
    if (bias != null) {
      parameters.add(bias);
    }
    parameters.add(context);
    return parameters;
  }

  @Override
  public TextStage stage(FastBackend backend) {
    TextRows own = new TextRows();
    return rows -> {
      int tokens = rows.rows();
      float[] u = own.next(tokens, spec.size);
      backend.affine(rows.values(), tokens, weights.value(), bias == null ? null : bias.value(), u);
      backend.activate(Activation.TANH, u, tokens, spec.size);
      own.replace(tokens, spec.size);
      float[] a = own.next(tokens, spec.hops);
      backend.affine(u, tokens, context.value(), null, a);
      backend.softmaxOverTime(a, tokens, spec.hops);
      float[] y = rows.next(1, spec.hops * rows.width());
      backend.weightedSums(a, spec.hops, rows.values(), tokens, rows.width(), y);
      rows.replace(1, spec.hops * rows.width());
    };
  }

  @Override
  public Activations forward(Pass pass, Activations input) {
    Sequences sequences = input.sequences();
    Variable h = input.values(weights.value().rows(), TYPE);
    Variable sum = Operations.affine(pass, h, weights, bias);
    Variable u = Operations.activate(pass, Activation.TANH, sum);
    Variable scores = Operations.affine(pass, u, context, null);
    Variable a = AttentionOperations.softmaxOverTime(pass, sequences, scores);
    pass.attended(a.value());
    if (spec.coefficient > 0 && pass.isRecording()) {
      pass.penalize(penalty(pass, sequences, a));
    }
    return Activations.texts(AttentionOperations.weightedSums(pass, sequences, a, h));
  }

  private Variable penalty(Pass pass, Sequences sequences, Variable a) {
    Variable overlaps =
        AttentionOperations.weightedSums(pass, sequences, a, a); // A·Aᵀ of each text
    Tensor identities = pass.workspace().zerosLike(overlaps.value());
    for (int row = 0; row < sequences.batch() && sequences.length(row) > 0; row++) {
      for (int k = 0; k < spec.hops; k++) {
        identities.set(sequences.original(row), k * spec.hops + k, 1);
      }
    }
    double elements = spec.penalty == Penalty.MEAN ? (double) spec.hops * spec.hops : 1;
    double factor = spec.coefficient / elements / sequences.batch();
    return RowOperations.squaredDistance(pass, overlaps, identities, factor);
  }
}
