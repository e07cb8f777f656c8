package org.rnn4j.train;

import java.util.List;
import org.rnn4j.backend.Activation;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Concatenate;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Embedding;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.LayerNorm;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.Merge;
import org.rnn4j.layer.OverTime;
import org.rnn4j.layer.Sequential;
import org.rnn4j.layer.SimpleRnn;
import org.rnn4j.loss.BinaryCrossEntropy;
import org.rnn4j.loss.ClassWeights;
import org.rnn4j.optim.Adam;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.optim.L2;
import org.rnn4j.optim.MaxNorm;
import org.rnn4j.optim.ParameterSelection;
import org.rnn4j.optim.RmsProp;
import org.rnn4j.optim.Sgd;
import org.rnn4j.optim.WeightAveraging;
import org.rnn4j.optim.WeightDecay;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * Two epochs on a ragged set, with empty texts and a batch of texts of one token, with dropout of
 * values, tokens and features, and with clipping: small, and yet large enough that every kind of
 * work is cut among threads, the update of the embedding included, whose rows mostly stay unused
 * for several steps. The sizes are not multiples of a vector.
 *
 * <p>As a program it trains every network with 1, 2 and 3 threads and prints a digest of the
 * weights of each.
 */
public final class SmallTraining {
  private static final int VOCABULARY = 8_200;
  private static final int CLASSES = 2;
  private static final int LONGEST = 40;

  private SmallTraining() {}

  /** The networks trained. */
  enum Network {
    GRU,
    GRU_RESET_BEFORE,
    LSTM,
    ATTENTION,
    BIDIRECTIONAL,
    /** Few words, straight into the recurrence: products are done once for each distinct word. */
    REPEATED_WORDS;

    int vocabulary() {
      return this == REPEATED_WORDS ? 60 : VOCABULARY;
    }

    Sequential build(DType type) {
      Embedding.Spec words = Embedding.spec(vocabulary(), 50);
      Sequential.Builder builder =
          Sequential.builder(11)
              .type(type)
              .layer(this == ATTENTION ? words.wordDropout(0.1, 1).initialLimit(0.1) : words);
      if (this != REPEATED_WORDS) {
        builder
            .layer(Dropout.spec(0.1).unit(Dropout.Unit.TOKEN))
            .layer(Dropout.spec(0.2).unit(Dropout.Unit.FEATURE));
      }
      switch (this) {
        case GRU -> builder.gru(33).dropout(0.3).gru(20);
        case GRU_RESET_BEFORE -> builder.layer(Gru.spec(20).resetAfter(false));
        case LSTM -> builder.lstm(33).dropout(0.3).lstm(20);
        case REPEATED_WORDS -> builder.lstm(20).gru(20);
        case ATTENTION ->
            builder
                .layer(
                    Concatenate.branch(Dropout.spec(0.1).unit(Dropout.Unit.WORD))
                        .branch(Gru.spec(14)))
                .residual(LayerNorm.withDefaults(), Gru.spec(64));
        case BIDIRECTIONAL ->
            builder
                .bidirectional(Gru.spec(17).recurrentDropout(0.2))
                .bidirectional(
                    Lstm.spec(21).projection(13).cellClip(0.05).projectionClip(0.02), Merge.SUM)
                .bidirectional(SimpleRnn.spec(9).recurrentDropout(0.1), Merge.PRODUCT)
                .bidirectional(SimpleRnn.spec(5), Merge.MEAN)
                .layer(Lstm.spec(9).recurrentDropout(0.3).backwards(true).truncation(5));
      }
      builder =
          this == ATTENTION
              ? builder.concatenate(
                  List.of(Attention.structured(17, 5).penalty(Attention.Penalty.SUM, 0.3)),
                  List.of(Attention.structured(3, 2).penalty(Attention.Penalty.MEAN, 0.2)),
                  List.of(Attention.additive(9)),
                  List.of(OverTime.spec(OverTime.Take.MEAN)),
                  List.of(OverTime.spec(OverTime.Take.MAX)))
              : builder.lastState();
      return builder.layer(Dropout.spec(0.1)).dense(CLASSES, Activation.SOFTMAX).build();
    }
  }

  /** What each network is trained with: all that changes weights is in one of them. */
  private static Trainer with(Network network, Trainer trainer) {
    return switch (network) {
      case GRU, BIDIRECTIONAL -> trainer;
      case ATTENTION -> trainer.batchesPerStep(2);
      case REPEATED_WORDS ->
          trainer
              .optimizer(Sgd.withDefaults().nesterov(0.9))
              .averaging(WeightAveraging.exponential(0.9));
      case GRU_RESET_BEFORE ->
          trainer
              .optimizer(RmsProp.withDefaults().momentum(0.5))
              .averaging(WeightAveraging.exponential(0.9))
              .maxNorm(MaxNorm.of(1))
              .clipping(GradientClipping.byNorm(0.1));
      case LSTM ->
          trainer
              .optimizer(
                  Adam.withDefaults().weightDecay(WeightDecay.of(0.1).on(ParameterSelection.all())))
              .averaging(WeightAveraging.exponential(0.9))
              .loss(BinaryCrossEntropy.binaryCrossEntropy().labelSmoothing(0.1))
              .classWeights(ClassWeights.of(1, 3))
              .l2(L2.of(1e-3))
              .batchesPerStep(2);
    };
  }

  /** Texts of 0 to 40 tokens, a quarter of them of one token. */
  static List<Example> examples(Network network, String name, int count) {
    int vocabulary = network.vocabulary();
    RandomStream random = new RandomStream(5).derive(name);
    int single = count / 4;
    List<Example> examples = Draw.examples(random, count - single, LONGEST, vocabulary, CLASSES);
    for (int i = 0; i < single; i++) {
      examples.add(new Example(Draw.ids(random, 1, vocabulary), random.nextInt(CLASSES)));
    }
    return examples;
  }

  static Trainer trainer(Sequential model, int threads) {
    return Trainer.of(model)
        .clipping(GradientClipping.byGlobalNorm(0.5))
        .batchSize(48)
        .epochs(2)
        .seed(7)
        .threads(threads);
  }

  /** The digest of the weights after training. */
  static String digest(Network network, int threads) {
    Sequential model = network.build(DType.FLOAT32);
    with(network, trainer(model, threads)).fit(examples(network, "training", 250));
    return Bits.sha256(model);
  }

  /** Prints the kernels, and a line for every network and number of threads. */
  public static void main(String[] arguments) {
    System.out.println("kernels " + KernelSelection.kernels().name());
    for (Network network : Network.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        System.out.println("digest " + network + " " + threads + " " + digest(network, threads));
      }
    }
  }
}
