package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.autograd.Parameter;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.RowOperations;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.FastBackend;

/**
 * Several branches that are given the same and whose rows are put side by side: {@code y = (f₁(x) |
 * f₂(x) | …)}. A branch is layers in a row; without layers it gives what it is given. Branches give
 * rows of one form, all for tokens or all for texts, of any widths. The parameters are those of the
 * layers inside, under names such as {@code gru_2.input_weights}, counted through all branches.
 *
 * <pre>{@code
 * // words beside what a GRU makes of them
 * Concatenate.branch().branch(Gru.spec(64))
 *
 * // two summaries of each text
 * Concatenate.branch(OverTime.spec(OverTime.Take.MEAN)).branch(OverTime.spec(OverTime.Take.MAX))
 * }</pre>
 */
public final class Concatenate implements Composite {
  static final String TYPE = "concatenate";

  private final List<Chain> branches;
  private final Signal input;

  private Concatenate(List<Chain> branches, Signal input) {
    this.branches = branches;
    this.input = input;
  }

  /** A first branch, to which others must be added: layers in a row, or none for the input. */
  public static Spec branch(LayerSpec... layers) {
    return new Spec(List.of(List.of(layers)));
  }

  /**
   * What the layer is.
   *
   * @param branches each its layers in a row
   */
  public record Spec(List<List<LayerSpec>> branches) implements LayerSpec {
    /** Copies the lists. */
    public Spec {
      branches = branches.stream().map(List::copyOf).toList();
    }

    /** The same with one more branch: layers in a row, or none for the input itself. */
    public Spec branch(LayerSpec... layers) {
      List<List<LayerSpec>> more = new ArrayList<>(branches);
      more.add(List.of(layers));
      return new Spec(more);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> settings() {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("branches", branches.stream().map(LayerTypes::describe).toList());
      return settings;
    }

    @Override
    public Signal output(Signal input) {
      if (branches.size() < 2) {
        throw new IllegalArgumentException(
            "Expected concatenate of 2 branches or more, got " + branches.size());
      }
      Signal first = Chain.output(branches.get(0), input);
      int width = 0;
      for (List<LayerSpec> branch : branches) {
        Signal given = Chain.output(branch, input);
        if (given.form() == Signal.Form.IDS) {
          throw new IllegalArgumentException(
              "Expected concatenate to follow an embedding or each branch to begin with one, got "
                  + given);
        }
        if (given.form() != first.form()) {
          throw new IllegalArgumentException(
              "Expected the branches of concatenate to give values of one form, got "
                  + first
                  + " and "
                  + given
                  + "; all must sum texts up, or none");
        }
        width = Math.addExact(width, given.width());
      }
      return new Signal(first.form(), width);
    }

    @Override
    public Layer create(Signal input, Weights weights) {
      Map<String, Integer> counts = new HashMap<>();
      List<Chain> chains = new ArrayList<>();
      for (List<LayerSpec> branch : branches) {
        chains.add(Chain.build(branch, input, counts, weights::inner));
      }
      return new Concatenate(chains, input);
    }
  }

  @Override
  public LayerSpec spec() {
    return new Spec(branches.stream().map(Chain::specs).toList());
  }

  @Override
  public List<Parameter> parameters() {
    return branches.stream().flatMap(branch -> branch.parameters().stream()).toList();
  }

  @Override
  public Collection<Layer> inner() {
    return branches.stream().flatMap(branch -> branch.layers().values().stream()).toList();
  }

  @Override
  public @Nullable TextStage stage(FastBackend backend) {
    List<TextStage> stages = new ArrayList<>();
    List<TextRows> outputs = new ArrayList<>();
    for (Chain branch : branches) {
      TextStage stage = Chain.stage(branch.layers().values(), backend);
      if (stage == null) {
        return null;
      }
      stages.add(stage);
      outputs.add(new TextRows());
    }
    float[] states = new float[spec().output(input).width()];
    return rows -> {
      int width = 0;
      boolean hasStates = false;
      for (int i = 0; i < stages.size(); i++) {
        TextRows own = outputs.get(i);
        own.copy(rows);
        stages.get(i).run(own);
        width += own.width();
        hasStates |= own.lastStates() != null;
      }
      join(outputs, rows, width);
      if (hasStates) {
        int first = 0;
        for (int i = 0; i < outputs.size(); i++) {
          outputs.get(i).copyLastStates(states, first);
          first += outputs.get(i).width();
        }
        rows.lastStates(states);
      }
    };
  }

  private static void join(List<TextRows> outputs, TextRows rows, int width) {
    int count = outputs.get(0).rows();
    float[] to = rows.next(count, width);
    int first = 0;
    for (int i = 0; i < outputs.size(); i++) {
      TextRows own = outputs.get(i);
      for (int row = 0; row < count; row++) {
        System.arraycopy(own.values(), row * own.width(), to, row * width + first, own.width());
      }
      first += own.width();
    }
    rows.replace(count, width);
  }

  @Override
  public Activations forward(Pass pass, Activations given) {
    if (input.form() != Signal.Form.IDS) {
      given.values(input.width(), TYPE);
    }
    List<Variable> parts = new ArrayList<>();
    List<Activations> outputs = new ArrayList<>();
    for (Chain branch : branches) {
      outputs.add(branch.forward(pass, given));
      parts.add(outputs.get(outputs.size() - 1).values());
    }
    Activations joined = outputs.get(0).with(RowOperations.concatenate(pass, parts));
    return outputs.stream().anyMatch(Activations::hasLastStates)
        ? joined.lastStates(
            own ->
                RowOperations.concatenate(
                    own, outputs.stream().map(output -> output.lastStates(own)).toList()))
        : joined;
  }
}
