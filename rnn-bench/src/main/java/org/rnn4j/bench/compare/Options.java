package org.rnn4j.bench.compare;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What {@code rnn-bench/compare} was asked for; its help describes the options. */
final class Options {
  private static final int ROUNDS = 7;

  boolean quick;
  Pattern rows = Pattern.compile("");
  Set<Peer> peers = EnumSet.allOf(Peer.class);
  int rounds = ROUNDS;
  Path out = Path.of("rnn-bench/target/compare");
  Path scripts = Path.of("rnn-bench/peers");
  @Nullable String python;
  @Nullable String dl4j;
  String command = "rnn-bench/compare";

  /** Peers that the script could not set up, and why. */
  final Map<Peer, String> missing = new EnumMap<>(Peer.class);

  private Options() {}

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if there is one too many, or one is not as expected
   */
  static Options parse(String... arguments) {
    Options options = new Options();
    boolean peersGiven = false;
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i];
      if (name.equals("--quick")) {
        options.quick = true;
        continue;
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException("Expected a value after " + name + ", got none");
      }
      options.set(name, arguments[++i]);
      peersGiven |= name.equals("--peers");
    }
    if (options.quick && !peersGiven) {
      options.peers.remove(Peer.SCALAR);
    }
    return options;
  }

  private void set(String name, String value) {
    switch (name) {
      case "--rows" -> rows = pattern(value);
      case "--peers" -> peers = peers(value);
      case "--rounds" -> rounds = positive(name, value);
      case "--out" -> out = Path.of(value);
      case "--scripts" -> scripts = Path.of(value);
      case "--python" -> python = value;
      case "--dl4j" -> dl4j = value;
      case "--command" -> command = value;
      case "--missing" -> {
        String[] parts = value.split("=", 2);
        missing.put(peer(parts[0]), parts.length > 1 ? parts[1] : "could not be set up");
      }
      default -> throw new IllegalArgumentException("Unknown option " + name);
    }
  }

  private static Pattern pattern(String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "Expected a regular expression after --rows, got " + value + ": " + e.getDescription(),
          e);
    }
  }

  /** This library takes part in any case. */
  private static Set<Peer> peers(String value) {
    Set<Peer> peers = EnumSet.of(Peer.RNN4J);
    for (String name : value.split(",")) {
      if (!name.isBlank()) {
        peers.add(peer(name.strip()));
      }
    }
    return peers;
  }

  private static Peer peer(String id) {
    for (Peer peer : Peer.values()) {
      if (peer.id().equals(id)) {
        return peer;
      }
    }
    List<String> known = List.of(Peer.values()).stream().map(Peer::id).toList();
    throw new IllegalArgumentException("Expected a peer of " + known + ", got " + id);
  }

  private static int positive(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "Expected a number of 1 or more after " + name + ", got " + value);
  }

  /** Whether a row is asked for. */
  boolean includes(Row row) {
    return (!quick || Rows.QUICK.contains(row.title())) && rows.matcher(row.title()).find();
  }
}
