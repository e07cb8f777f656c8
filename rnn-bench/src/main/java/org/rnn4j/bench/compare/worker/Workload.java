package org.rnn4j.bench.compare.worker;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.backend.Activation;
import org.rnn4j.bench.compare.Batches;
import org.rnn4j.bench.compare.Network;
import org.rnn4j.bench.compare.Row;
import org.rnn4j.layer.Attention;
import org.rnn4j.layer.Bidirectional;
import org.rnn4j.layer.Gru;
import org.rnn4j.layer.Lstm;
import org.rnn4j.layer.RecurrentSpec;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;

/** A row's network and data, drawn from a seed. */
final class Workload {
  private Workload() {}

  static Sequential network(Network network, long seed) {
    Sequential.Builder builder =
        Sequential.builder(seed).embedding(network.vocabulary(), network.embedding());
    for (int hidden : network.hidden()) {
      RecurrentSpec layer = network.cell().equals("lstm") ? Lstm.spec(hidden) : Gru.spec(hidden);
      layer = layer.recurrentDropout(network.recurrentDropout());
      builder.layer(network.directions() == 2 ? Bidirectional.spec(layer) : layer);
      if (network.normalized()) {
        builder.layerNorm();
      }
    }
    if (network.attention() == 0) {
      builder.lastState();
    } else {
      builder.layer(attention(network.attention(), network.hops()));
    }
    return builder.dense(Network.OUTPUTS, Activation.SOFTMAX).build();
  }

  private static Attention.Spec attention(int size, int hops) {
    return hops == 1 ? Attention.additive(size) : Attention.structured(size, hops);
  }

  /**
   * All texts of all batches: random labels, and random ids; in ragged rows, which stand for real
   * texts, as often as Zipf's law has it, by which the n-th word has a share of 1/n.
   */
  static List<Example> examples(Row row, long seed) {
    RandomStream random = new RandomStream(seed);
    Batches batches = row.batches();
    int vocabulary = row.network().vocabulary();
    List<Example> examples = new ArrayList<>();
    for (int batch = 0; batch < batches.count(); batch++) {
      for (int length : batches.lengths(batch)) {
        int[] ids = new int[length];
        for (int i = 0; i < length; i++) {
          ids[i] = batches.isRagged() ? zipf(vocabulary, random) : random.nextInt(vocabulary);
        }
        examples.add(new Example(ids, random.nextInt(Network.OUTPUTS)));
      }
    }
    return examples;
  }

  private static int zipf(int vocabulary, RandomStream random) {
    return (int) StrictMath.pow(vocabulary, random.nextFloat()) - 1;
  }
}
