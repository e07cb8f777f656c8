package org.rnn4j.bench.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that every implementation does: the row of a table. It travels to the workers with all
 * its parameters, so that a workload is defined once.
 *
 * @param kind what is timed
 * @param network what it is timed on
 * @param batches what the network reads
 * @param threads threads that implementations may use; 0 where each takes its best
 * @param warmupSteps steps before the first timed one, at least
 */
public record Row(Kind kind, Network network, Batches batches, int threads, int warmupSteps) {
  /** What is timed. */
  public enum Kind {
    /** Whole training steps. */
    TRAIN,
    /** Probabilities of batches. */
    PREDICT,
    /** The latency of one text. */
    ONE_TEXT,
    /** A process from its start to its first prediction. */
    START,
    /** Matrix products alone. */
    PRODUCT
  }

  /** Square matrices that peers multiply to show the peak of a core. */
  private static final List<Integer> PRODUCT_SIZES = List.of(256, 1024);

  private static final double LEARNING_RATE = 1e-3;
  private static final double CLIP = 1;
  private static final long SEED = 20_000;

  /** The name, without the number of threads. */
  public String name() {
    return switch (kind) {
      case TRAIN -> "train " + (batches.isRagged() ? "ragged " : "") + network.name();
      case PREDICT -> "predict " + network.name();
      case ONE_TEXT -> "one text " + network.name();
      case START -> "start " + network.name();
      case PRODUCT -> "product";
    };
  }

  /** The name with the number of threads, as {@code --rows} sees it. */
  public String title() {
    return threads == 0
        ? name()
        : name() + ", " + threads + (threads == 1 ? " thread" : " threads");
  }

  /** What is timed, as workers read it. */
  String kindName() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** What the network reads, in a few words. */
  public String shape() {
    String length = batches.isRagged() ? "T≤" + batches.length() : "T" + batches.length();
    return "B" + batches.size() + " " + length;
  }

  /**
   * The request that prepares a worker.
   *
   * @param what {@code prepare} or {@code save}
   * @param entry who is asked, in what form and with how many threads
   * @param warmup how long to warm up
   */
  public Message request(String what, Entry entry, Warmup warmup) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("do", what);
    fields.put("name", name());
    fields.put("kind", kindName());
    fields.put("network", network.name());
    fields.put("vocabulary", network.vocabulary());
    fields.put("embedding", network.embedding());
    fields.put("cell", network.cell());
    fields.put("hidden", network.hidden());
    fields.put("directions", network.directions());
    fields.put("recurrentDropout", entry.bare() ? 0 : network.recurrentDropout());
    fields.put("normalized", network.normalized());
    fields.put("attention", network.attention());
    fields.put("hops", network.hops());
    fields.put("outputs", Network.OUTPUTS);
    fields.put("batch", batches.size());
    fields.put("length", batches.length());
    fields.put("batches", batches.count());
    fields.put("lengths", batches.lengths());
    fields.put("form", entry.form());
    fields.put("threads", entry.threads());
    fields.put("warmupSteps", warmupSteps);
    fields.put("warmupSeconds", warmup.seconds());
    fields.put("warmupLimit", warmup.limit());
    fields.put("learningRate", LEARNING_RATE);
    fields.put("clip", CLIP);
    fields.put("sizes", PRODUCT_SIZES);
    fields.put("seed", SEED);
    return Message.of(fields);
  }

  /** Reads what {@link #request} wrote. */
  public static Row of(Message request) {
    return new Row(
        Kind.valueOf(request.text("kind").toUpperCase(Locale.ROOT)),
        new Network(
            request.text("network"),
            request.whole("vocabulary"),
            request.whole("embedding"),
            request.text("cell"),
            request.wholes("hidden"),
            request.whole("directions"),
            request.number("recurrentDropout"),
            request.flag("normalized"),
            request.whole("attention"),
            request.whole("hops")),
        new Batches(
            request.whole("batch"),
            request.whole("length"),
            request.whole("batches"),
            request.wholeLists("lengths")),
        request.whole("threads"),
        request.whole("warmupSteps"));
  }
}
