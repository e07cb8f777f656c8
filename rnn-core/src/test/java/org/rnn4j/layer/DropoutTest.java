package org.rnn4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rnn4j.autograd.Pass;
import org.rnn4j.autograd.Tape;
import org.rnn4j.autograd.Variable;
import org.rnn4j.backend.ReferenceBackend;
import org.rnn4j.backend.Workspace;
import org.rnn4j.layer.Dropout.Unit;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/** What dropout drops: the masks show on an input of ones. */
class DropoutTest {
  private static final int VOCABULARY = 12;
  private static final Sequences SEQUENCES = sequences(30, 50, 0, 20);
  private static final int WIDTH = 40;

  private static Sequences sequences(int... lengths) {
    RandomStream random = new RandomStream(9);
    return Sequences.pack(
        Arrays.stream(lengths).mapToObj(n -> Draw.ids(random, n, VOCABULARY)).toList());
  }

  private static Tensor mask(Dropout.Spec spec, long seed) {
    Layer layer =
        spec.create(Signal.tokens(WIDTH), Weights.drawn(DType.FLOAT64, new RandomStream(1)));
    Tensor ones = Tensor.zeros(DType.FLOAT64, SEQUENCES.tokens(), WIDTH);
    ones.fill(1);
    Activations input = Activations.tokens(SEQUENCES, Variable.constant(ones));
    return layer.forward(training(seed), input).values().value();
  }

  private static Pass training(long seed) {
    return Pass.training(
        ReferenceBackend.INSTANCE,
        new Workspace(DType.FLOAT64),
        new Tape(),
        new RandomStream(seed));
  }

  @ParameterizedTest(name = "rate {0}")
  @ValueSource(doubles = {0.1, 0.5, 0.9})
  void values_are_dropped_at_the_rate_and_the_others_scaled(double rate) {
    Tensor mask = mask(Dropout.spec(rate), 1);

    double dropped = 0;
    for (double factor : mask.toArray()) {
      assertThat(factor).isIn(0.0, 1 / (1 - rate));
      dropped += factor == 0 ? 1 : 0;
    }
    assertThat(dropped / mask.size()).isCloseTo(rate, within(0.03));
  }

  @Test
  void a_token_is_dropped_whole() {
    Tensor mask = mask(Dropout.spec(0.5).unit(Unit.TOKEN), 2);

    int dropped = 0;
    for (int token = 0; token < mask.rows(); token++) {
      for (int j = 1; j < WIDTH; j++) {
        assertThat(mask.get(token, j)).isEqualTo(mask.get(token, 0));
      }
      dropped += mask.get(token, 0) == 0 ? 1 : 0;
    }
    assertThat(dropped).isBetween(30, 70);
  }

  @Test
  void a_word_is_dropped_at_all_its_places_in_a_text_and_for_each_text_anew() {
    Tensor mask = mask(Dropout.spec(0.5).unit(Unit.WORD), 3);

    Map<List<Integer>, Double> factors = new HashMap<>();
    for (int row = 0; row < SEQUENCES.batch(); row++) {
      for (int t = 0; t < SEQUENCES.length(row); t++) {
        int token = SEQUENCES.offset(t) + row;
        double factor = mask.get(token, 0);
        for (int j = 0; j < WIDTH; j++) {
          assertThat(mask.get(token, j)).isEqualTo(factor);
        }
        Double before = factors.put(List.of(row, SEQUENCES.id(token)), factor);
        assertThat(before).isIn(null, factor);
      }
    }
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int id = 0; id < VOCABULARY; id++) {
      first.add(factors.get(List.of(0, id)));
      second.add(factors.get(List.of(1, id)));
    }
    assertThat(first).isNotEqualTo(second).contains(0.0, 2.0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void word_dropout_reads_some_tokens_as_the_unknown_word_in_training_only(long seed) {
    Embedding.Spec spec = Embedding.spec(VOCABULARY, 1).wordDropout(0.3, 1);
    Layer layer = spec.create(Signal.ids(), Weights.drawn(DType.FLOAT64, new RandomStream(1)));
    Tensor table = layer.parameters().get(0).value();
    Pass training = training(seed);
    Pass inference = Pass.inference(ReferenceBackend.INSTANCE, new Workspace(DType.FLOAT64));
    Activations ids = Activations.ids(SEQUENCES);

    Activations read = layer.forward(training, ids);
    Tensor all = layer.forward(inference, ids).values().value();

    int unknown = 0;
    int others = 0;
    for (int token = 0; token < SEQUENCES.tokens(); token++) {
      double own = table.get(SEQUENCES.id(token));
      assertThat(all.get(token)).isEqualTo(own);
      if (SEQUENCES.id(token) != 1) {
        others++;
        unknown += read.values().value().get(token) == table.get(1) ? 1 : 0;
        assertThat(read.values().value().get(token)).isIn(own, table.get(1));
      }
    }
    assertThat((double) unknown / others).isCloseTo(0.3, within(0.15));
    assertThat(read.sequences()).isSameAs(SEQUENCES);
  }

  @Test
  void a_feature_is_dropped_through_all_tokens_of_a_text_and_for_each_text_anew() {
    Tensor mask = mask(Dropout.spec(0.5).unit(Unit.FEATURE), 3);

    double[][][] texts = SEQUENCES.unpackRows(mask);
    for (double[][] tokens : texts) {
      for (double[] token : tokens) {
        assertThat(token).isEqualTo(tokens[0]);
      }
    }
    assertThat(texts[0][0]).isNotEqualTo(texts[1][0]);
    assertThat(texts[1][0]).contains(0.0, 2.0);
  }

  @ParameterizedTest
  @EnumSource(Unit.class)
  void the_same_seed_drops_the_same_and_another_does_not(Unit unit) {
    Dropout.Spec spec = Dropout.spec(0.5).unit(unit);

    Bits.requireSame("mask", mask(spec, 4), mask(spec, 4));
    assertThat(mask(spec, 5).toArray()).isNotEqualTo(mask(spec, 4).toArray());
  }
}
