package org.rnn4j.layer;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.backend.FastBackend;
import org.rnn4j.backend.SequenceRecurrence;
import org.rnn4j.tensor.DType;

/**
 * Reads a text token by token and predicts after each, carrying the states of the recurrent layers
 * along: for texts that arrive bit by bit.
 *
 * <pre>{@code
 * Stepper stepper = model.stepper();
 * for (int id : ids) {
 *   float[] probabilities = stepper.step(id); // of the text so far
 * }
 * stepper.reset(); // another text begins
 * }</pre>
 *
 * <p>What a step gives is what {@link Sequential#predict} gives for the tokens read so far, bit for
 * bit, at the cost of one token and without taking memory. For one thread. Weights must not change
 * while a text is read: a step after they did goes on from states that the old ones gave.
 */
public final class Stepper {
  private final Sequential model;
  private final List<SequenceRecurrence> recurrences = new ArrayList<>();
  private final List<TextStage> stages = new ArrayList<>();
  private final TextRows rows = new TextRows();
  private final int[] token = new int[1];
  private final float[] output;

  Stepper(Sequential model, FastBackend backend) {
    if (model.type() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          "Expected a network in FLOAT32 to step through a text, got " + model.type());
    }
    this.model = model;
    this.output = new float[model.outputs()];
    model.layers().forEach((name, layer) -> stages.add(stage(name, layer, backend)));
    reset();
  }

  private TextStage stage(String name, Layer layer, FastBackend backend) {
    if (layer instanceof RecurrentLayer recurrent && !recurrent.spec().options().backwards()) {
      SequenceRecurrence recurrence = recurrent.sequence(backend);
      recurrences.add(recurrence);
      return text -> {
        recurrence.next(text.values(), text.next(1, recurrence.outputs()));
        text.replace(1, recurrence.outputs());
      };
    }
    boolean rowByRow =
        layer instanceof Embedding
            || layer instanceof Dropout
            || layer instanceof Dense
            || layer instanceof LayerNorm
            || (layer instanceof OverTime && isLastState(layer.spec()));
    TextStage stage =
        rowByRow && layer instanceof StagedLayer staged ? staged.stage(backend) : null;
    if (stage == null) {
      throw new IllegalArgumentException(
          "Expected recurrent layers that read forwards, layers that take one token by itself, and"
              + " the last state, to step through a text, got "
              + name
              + why(layer));
    }
    return stage;
  }

  private static boolean isLastState(LayerSpec spec) {
    return spec instanceof OverTime.Spec over && over.take() == OverTime.Take.LAST;
  }

  private static String why(Layer layer) {
    if (layer instanceof RecurrentLayer || layer instanceof Bidirectional) {
      return ", which reads from the end";
    }
    return layer instanceof OverTime ? ", which sums up all tokens" : "";
  }

  /** Forgets the text, so that the next step reads a first token. */
  public void reset() {
    recurrences.forEach(SequenceRecurrence::reset);
  }

  /**
   * Reads one more token.
   *
   * @return the head's output for the text so far, as {@link Predictor#predict}; the stepper's own
   *     array, which the next step writes over
   * @throws IllegalArgumentException if the id is outside the vocabulary; nothing is read then
   */
  public float[] step(int id) {
    token[0] = id;
    model.requireIds(token, "the text");
    rows.start(token);
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).run(rows);
    }
    System.arraycopy(rows.values(), 0, output, 0, output.length);
    return output;
  }
}
