package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential.Builder;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Draw;

/** One token at a time against the whole text, to the bit. */
class StepperTest {
  private static final int VOCABULARY = 30;

  static List<UnaryOperator<Builder>> networks() {
    return List.of(
        b -> b.lstm(20).layerNorm().lastState(),
        b -> b.gru(33).dropout(0.3).gru(8).lastState(),
        b -> b.layer(Gru.spec(17).resetAfter(false)).lastState().dense(4, Activation.RELU),
        b -> b.dense(7, Activation.TANH).simpleRnn(19).lastState(),
        b ->
            b.layer(Lstm.spec(18).projection(7).cellClip(0.1).projectionClip(0.05))
                .layer(Lstm.spec(9).recurrentDropout(0.5).truncation(2))
                .lastState());
  }

  private static Builder begin() {
    return Sequential.builder(5).embedding(VOCABULARY, 9);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void a_step_gives_the_bits_of_the_text_so_far(UnaryOperator<Builder> network) {
    Sequential model = network.apply(begin()).dense(3, Activation.SOFTMAX).build();
    Stepper stepper = model.stepper();
    for (long seed = 1; seed <= 3; seed++) {
      int[] ids = Draw.ids(new RandomStream(seed), 25, VOCABULARY);
      for (int length = 1; length <= ids.length; length++) {
        Tensor whole = model.predict(Sequences.pack(Arrays.copyOf(ids, length)));
        float[] step = stepper.step(ids[length - 1]);
        for (int j = 0; j < 3; j++) {
          assertThat(step[j]).as("seed %d, token %d", seed, length).isEqualTo((float) whole.get(j));
        }
      }
      stepper.reset();
    }
  }

  private static void requireRefused(Builder builder, String message) {
    Sequential model = builder.dense(2, Activation.SOFTMAX).build();
    assertThatIllegalArgumentException().isThrownBy(model::stepper).withMessage(message);
  }

  @Test
  void what_needs_later_tokens_is_refused() {
    String expected =
        "Expected recurrent layers that read forwards, layers that take one token by itself, and the"
            + " last state, to step through a text, got ";
    requireRefused(
        begin().bidirectional(Gru.spec(4)).lastState(),
        expected + "bidirectional, which reads from the end");
    requireRefused(
        begin().layer(Lstm.spec(4).backwards(true)).lastState(),
        expected + "lstm, which reads from the end");
    requireRefused(begin().gru(4).meanOverTime(), expected + "over_time, which sums up all tokens");
    requireRefused(begin().gru(4).attention(3), expected + "attention");
    requireRefused(
        begin().type(DType.FLOAT64).gru(4).lastState(),
        "Expected a network in FLOAT32 to step through a text, got FLOAT64");
  }

  @Test
  void an_id_outside_the_vocabulary_is_refused_and_the_text_goes_on() {
    Sequential model = begin().gru(6).lastState().dense(1, Activation.SIGMOID).build();
    Stepper stepper = model.stepper();
    stepper.step(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> stepper.step(VOCABULARY))
        .withMessageContaining("from 0 to 29, got 30 in the text");
    assertThat(stepper.step(4)[0])
        .isEqualTo((float) model.predict(Sequences.pack(new int[] {3, 4})).get(0));
  }
}
