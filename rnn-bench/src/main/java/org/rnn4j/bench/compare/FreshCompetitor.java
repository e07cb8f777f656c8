package org.rnn4j.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Starts a program anew in each round: from the start of the process to its first prediction. */
final class FreshCompetitor implements Competitor {
  private final Row row;
  private final Entry entry;
  private final Launcher launcher;
  private final WorkerProcess writer;
  private final Path file;
  private final Path log;

  /**
   * Of a worker that writes the model.
   *
   * @param file the model to write and to load
   */
  FreshCompetitor(
      Row row, Entry entry, Launcher launcher, WorkerProcess writer, Path file, Path log) {
    this.row = row;
    this.entry = entry;
    this.launcher = launcher;
    this.writer = writer;
    this.file = file;
    this.log = log;
  }

  @Override
  public void awaitReady() throws PeerException {
    writer.awaitReady();
  }

  @Override
  public Message prepare() throws PeerException {
    writer.ask(row.request("save", entry, new Warmup(0, 0)).with("file", file.toString()));
    writer.close();
    Message first = run(1); // what comes from the disk is in memory from now on
    return Message.of(
        Map.of(
            "secondsPerStep",
            first.number("seconds"),
            "settings",
            "a model in ." + entry.peer().modelSuffix()));
  }

  @Override
  public Message run(int steps) throws PeerException {
    ProcessBuilder builder =
        new ProcessBuilder(launcher.firstPrediction(entry.peer(), file, row.batches().length()));
    builder.environment().putAll(launcher.environment(entry.peer(), entry.threads()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long start = System.nanoTime();
    try {
      Process process = builder.start();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        while (line != null && !line.startsWith("predicted")) {
          line = reader.readLine();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int code = process.waitFor();
        if (line == null) {
          throw new PeerException("ended with exit code " + code + ", see " + log.getFileName());
        }
        return Message.of(Map.of("seconds", seconds));
      }
    } catch (IOException e) {
      throw new PeerException("could not be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerException("was interrupted");
    }
  }

  @Override
  public Message memory() {
    return Message.of(Map.of());
  }

  @Override
  public Duration processorTime() {
    return ProcessorTime.ofEndedChildren();
  }

  @Override
  public void close() {
    writer.close();
  }
}
