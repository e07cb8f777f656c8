package org.rnn4j.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rnn4j.bench.compare.Row.Kind;

/** All rows, and who takes part in each. */
public final class Rows {
  private static final int VOCABULARY = 20_000;

  private static final Network TWITTER_GRU =
      new Network("twitter-gru", VOCABULARY, 128, "gru", List.of(128, 32, 32));
  private static final Network TWITTER_LSTM =
      new Network("twitter-lstm", VOCABULARY, 96, "lstm", List.of(96, 48, 48));
  private static final Network LSTM_128 =
      new Network("lstm-128", VOCABULARY, 128, "lstm", List.of(128));
  private static final Network GRU_128 =
      new Network("gru-128", VOCABULARY, 128, "gru", List.of(128));
  private static final Network LSTM_512 =
      new Network("lstm-512", VOCABULARY, 256, "lstm", List.of(512));

  private static final Network BIDIRECTIONAL_GRU_64 =
      new Network("gru-64", VOCABULARY, 128, "gru", List.of(64)).bidirectional();
  private static final Network GRU_128_128_NORMALIZED =
      new Network("gru-128-128", VOCABULARY, 128, "gru", List.of(128, 128)).normalizing();
  private static final Network ADDITIVE = GRU_128.attending(64, 1);

  /** The sizes of Lin et al. 2017. */
  private static final Network STRUCTURED = GRU_128.attending(350, 30);

  /** A rate of recurrent dropout. */
  private static final double RATE = 0.2;

  /** The rows of {@code --quick}. */
  static final Set<String> QUICK =
      Set.of(
          "train twitter-gru, 2 threads",
          "train twitter-lstm, 2 threads",
          "train lstm-128, 2 threads",
          "train gru-128, 2 threads");

  private Rows() {}

  /** Every row, in the order of the tables. */
  public static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Kind.PRODUCT, LSTM_128, Batches.uniform(64, 200, 1), 1, 1));
    for (int threads : new int[] {2, 1}) {
      training(rows, threads);
    }
    for (int threads : new int[] {2, 1}) {
      inference(rows, threads);
    }
    for (Network network : List.of(TWITTER_GRU, TWITTER_LSTM)) {
      rows.add(new Row(Kind.ONE_TEXT, network, Batches.uniform(1, 20, 256), 0, 2000));
    }
    for (Network network : List.of(LSTM_128, GRU_128)) {
      rows.add(new Row(Kind.ONE_TEXT, network, Batches.uniform(1, 230, 64), 0, 500));
    }
    rows.add(new Row(Kind.START, LSTM_128, Batches.uniform(1, 200, 1), 0, 0));
    return List.copyOf(rows);
  }

  private static void training(List<Row> rows, int threads) {
    // Different batches enough that no cache holds them, and that most rows of the embedding are
    // met again only after many steps.
    rows.add(new Row(Kind.TRAIN, TWITTER_GRU, Batches.uniform(32, 40, 64), threads, 60));
    rows.add(new Row(Kind.TRAIN, TWITTER_LSTM, Batches.uniform(32, 40, 64), threads, 60));
    rows.add(new Row(Kind.TRAIN, LSTM_128, Batches.uniform(64, 200, 16), threads, 12));
    rows.add(new Row(Kind.TRAIN, GRU_128, Batches.uniform(64, 200, 16), threads, 12));
    rows.add(new Row(Kind.TRAIN, BIDIRECTIONAL_GRU_64, Batches.uniform(64, 200, 16), threads, 12));
    for (Network network : List.of(ADDITIVE, STRUCTURED, GRU_128_128_NORMALIZED)) {
      rows.add(new Row(Kind.TRAIN, network, Batches.uniform(64, 200, 16), threads, 12));
    }
    for (Network network : List.of(LSTM_128, GRU_128)) {
      Network dropping = network.dropping(RATE);
      rows.add(new Row(Kind.TRAIN, dropping, Batches.uniform(64, 200, 16), threads, 12));
    }
    for (Network network : List.of(TWITTER_LSTM, TWITTER_GRU)) {
      Network dropping = network.dropping(RATE);
      rows.add(new Row(Kind.TRAIN, dropping, Batches.uniform(32, 40, 64), threads, 60));
    }
    for (Network network : List.of(LSTM_128, GRU_128, ADDITIVE, STRUCTURED)) {
      rows.add(new Row(Kind.TRAIN, network, Lengths.imdb(), threads, 12));
    }
    rows.add(new Row(Kind.TRAIN, LSTM_512, Batches.uniform(64, 200, 8), threads, 3));
  }

  private static void inference(List<Row> rows, int threads) {
    rows.add(new Row(Kind.PREDICT, TWITTER_GRU, Batches.uniform(32, 40, 64), threads, 200));
    rows.add(new Row(Kind.PREDICT, TWITTER_LSTM, Batches.uniform(32, 40, 64), threads, 200));
    for (Network network :
        List.of(LSTM_128, GRU_128, ADDITIVE, STRUCTURED, GRU_128_128_NORMALIZED)) {
      rows.add(new Row(Kind.PREDICT, network, Batches.uniform(64, 200, 16), threads, 30));
    }
    rows.add(new Row(Kind.PREDICT, LSTM_512, Batches.uniform(64, 200, 8), threads, 5));
  }

  /** Whether a row trains on texts of one length. */
  static boolean isUniformTraining(Row row) {
    return row.kind() == Kind.TRAIN && !row.batches().isRagged();
  }

  /** Who takes part in a row, ours first. */
  public static List<Entry> entries(Row row, Set<Peer> peers) {
    List<Entry> entries = new ArrayList<>();
    for (Peer peer : Peer.values()) {
      if (peers.contains(peer)) {
        entries.addAll(entries(row, peer));
      }
    }
    return List.copyOf(entries);
  }

  private static List<Entry> entries(Row row, Peer peer) {
    boolean lstm = row.network().cell().equals("lstm");
    return switch (row.kind()) {
      case PRODUCT ->
          peer == Peer.RNN4J || peer == Peer.TORCH ? List.of(Entry.of(peer, 1)) : List.of();
      case TRAIN -> trainingEntries(row, peer, lstm);
      case PREDICT ->
          switch (peer) {
            case SCALAR -> List.of();
            case DL4J -> lstm ? dl4jEntries("plain", row.threads()) : List.of();
            // ONNX Runtime has graphs of plain networks only.
            case ONNX ->
                row.network().isPlain() ? List.of(Entry.of(peer, row.threads())) : List.of();
            default -> List.of(Entry.of(peer, row.threads()));
          };
      case ONE_TEXT ->
          switch (peer) {
            case RNN4J -> List.of(Entry.of(peer, 1));
            case SCALAR -> List.of();
            case DL4J -> lstm ? List.of(Entry.of(peer, 1), Entry.of(peer, 2)) : List.of();
            default -> List.of(Entry.of(peer, 1), Entry.of(peer, 2));
          };
      case START -> peer == Peer.SCALAR ? List.of() : List.of(Entry.of(peer, 1));
    };
  }

  private static List<Entry> trainingEntries(Row row, Peer peer, boolean lstm) {
    int threads = row.threads();
    // Of the peers only Keras has it.
    if (row.network().recurrentDropout() > 0) {
      return peer == Peer.RNN4J || peer == Peer.KERAS
          ? List.of(Entry.of(peer, threads), Entry.bare(peer, threads))
          : List.of();
    }
    boolean ragged = row.batches().isRagged();
    return switch (peer) {
      case RNN4J -> List.of(Entry.of(peer, threads));
      case SCALAR ->
          ragged || row.network().name().equals(LSTM_512.name())
              ? List.of()
              : List.of(Entry.of(peer, threads));
      case ONNX -> List.of();
      case TORCH ->
          ragged
              ? List.of(Entry.of(peer, "padded", threads), Entry.of(peer, "packed", threads))
              : List.of(Entry.of(peer, threads));
      case KERAS -> List.of(ragged ? Entry.of(peer, "padded", threads) : Entry.of(peer, threads));
      case DL4J -> lstm ? dl4jEntries(ragged ? "padded" : "plain", threads) : List.of();
    };
  }

  /** DL4J is often faster with fewer threads than it may use. */
  private static List<Entry> dl4jEntries(String form, int threads) {
    List<Entry> entries = new ArrayList<>();
    for (int some = threads; some > 0; some--) {
      entries.add(
          form.equals("plain") ? Entry.of(Peer.DL4J, some) : Entry.of(Peer.DL4J, form, some));
    }
    return entries;
  }
}
