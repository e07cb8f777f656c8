package org.rnn4j.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.rnn4j.json.Json;

/** The program behind {@code rnn-bench/compare}, which sets up what it is given here. */
public final class Compare {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Options options;
  private final long begin = System.nanoTime();

  private Compare(Options options) {
    this.options = options;
  }

  /** Compares, writes {@code table.md} and {@code results.json}, prints the table. */
  public static void main(String[] args) throws IOException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("rnn-bench/compare: " + e.getMessage());
      System.exit(MISUSED);
      return;
    }
    System.exit(new Compare(options).run());
  }

  private int run() throws IOException {
    List<Row> rows = Rows.all().stream().filter(options::includes).toList();
    if (rows.isEmpty()) {
      System.err.println(
          "rnn-bench/compare: expected --rows to match one of these, got " + options.rows);
      Rows.all().forEach(row -> System.err.println("  " + row.title()));
      return MISUSED;
    }
    Files.createDirectories(options.out);
    Comparison comparison = comparison();
    Comparison.Presence presence = presence(comparison);
    Report report = new Report(heading(presence), presence.missing(), options.rounds);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      tell("row " + (i + 1) + " of " + rows.size());
      outcomes.add(comparison.measure(rows.get(i), presence.versions().keySet()));
      write(report, presence, outcomes); // a run that is broken off has what it measured
    }
    PrintStream table = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    table.print(report.write(outcomes));
    tell("written: " + options.out.resolve("table.md") + " and results.json");
    boolean all = outcomes.stream().allMatch(o -> o.ours().map(Series::isComplete).orElse(false));
    return all ? 0 : FAILED;
  }

  private Comparison comparison() throws IOException {
    Path logs = options.out.resolve("logs");
    Files.createDirectories(logs);
    for (Peer peer : Peer.values()) {
      Files.deleteIfExists(logs.resolve(peer.id() + ".log"));
    }
    String home = System.getProperty("java.home", "");
    Launcher launcher =
        new PeerCommands(
            home + "/bin/java", options.python, options.dl4j, options.scripts.toAbsolutePath());
    Comparison.Effort effort =
        options.quick
            ? Comparison.Effort.quick(options.rounds)
            : Comparison.Effort.full(options.rounds);
    return new Comparison(launcher, effort, logs, this::tell);
  }

  private Comparison.Presence presence(Comparison comparison) {
    Set<Peer> wanted = new LinkedHashSet<>(options.peers);
    Map<Peer, String> missing = new LinkedHashMap<>();
    options.missing.forEach(
        (peer, reason) -> {
          if (wanted.remove(peer)) {
            missing.put(peer, reason);
            tell("missing: " + peer.label() + ": " + reason);
          }
        });
    Comparison.Presence probed = comparison.probe(wanted);
    missing.putAll(probed.missing());
    return new Comparison.Presence(probed.versions(), missing);
  }

  private Map<String, String> heading(Comparison.Presence presence) {
    Map<String, String> heading = new LinkedHashMap<>();
    heading.put("date", LocalDate.now().toString());
    heading.putAll(Machine.description());
    heading.put(
        "versions",
        presence.versions().entrySet().stream()
            .map(version -> version.getKey().label() + " " + version.getValue())
            .collect(Collectors.joining("; ")));
    heading.put("command", "`" + options.command + "`");
    heading.put(
        "rounds", options.rounds + " of each, in turns; the median counts, quartiles in brackets");
    return heading;
  }

  private void write(Report report, Comparison.Presence presence, List<Outcome> outcomes)
      throws IOException {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("heading", report.heading());
    raw.put(
        "missing",
        presence.missing().entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().id(), Map.Entry::getValue)));
    raw.put("rows", outcomes.stream().map(Outcome::raw).toList());
    Files.writeString(options.out.resolve("results.json"), Json.write(raw) + "\n");
    Files.writeString(options.out.resolve("table.md"), report.write(outcomes));
  }

  private void tell(String line) {
    System.err.printf("[%4d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, line);
  }
}
