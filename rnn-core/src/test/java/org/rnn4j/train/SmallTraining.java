package org.rnn4j.train;

import java.util.List;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Dropout;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.testing.Bits;
import org.rnn4j.testing.Draw;

/**
 * Two epochs on a ragged set, empty texts among them, with dropout and clipping: small, and yet
 * large enough that every kind of work is cut among threads, the update of the embedding included.
 *
 * <p>As a program it trains every network with 1, 2 and 3 threads and prints a digest of the
 * weights of each.
 */
public final class SmallTraining {
  private static final int VOCABULARY = 8_200;
  private static final int CLASSES = 2;

  private SmallTraining() {}

  /** The networks trained. */
  enum Network {
    GRU,
    GRU_RESET_BEFORE,
    LSTM;

    Sequential build(DType type) {
      Sequential.Builder builder =
          Sequential.builder(11).type(type).embedding(VOCABULARY, 24).dropout(0.2);
      switch (this) {
        case GRU -> builder.gru(33).dropout(0.3).gru(16);
        case GRU_RESET_BEFORE -> builder.layer(Gru.spec(33).resetAfter(false));
        case LSTM -> builder.lstm(33).dropout(0.3).lstm(8);
      }
      return builder
          .lastState()
          .layer(Dropout.spec(0.1))
          .dense(CLASSES, Activation.SOFTMAX)
          .build();
    }
  }

  static List<Example> examples(String name, int count) {
    return Draw.examples(new RandomStream(5).derive(name), count, 20, VOCABULARY, CLASSES);
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
    trainer(model, threads).fit(examples("training", 250));
    return Bits.sha256(model);
  }

  /** Prints a line for every network and number of threads. */
  public static void main(String[] arguments) {
    for (Network network : Network.values()) {
      for (int threads = 1; threads <= 3; threads++) {
        System.out.println("digest " + network + " " + threads + " " + digest(network, threads));
      }
    }
  }
}
