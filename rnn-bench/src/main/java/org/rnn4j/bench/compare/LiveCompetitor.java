package org.rnn4j.bench.compare;

import java.time.Duration;

/**
 * A worker process that lives through all rounds of a row and is idle between its own. Where there
 * are settings to choose from, a process before it tries them.
 */
final class LiveCompetitor implements Competitor {
  private final Row row;
  private final Entry entry;
  private final Warmup warmup;
  private final boolean chooses;
  private final Start start;
  private WorkerProcess process;

  /** Starts a process. */
  interface Start {
    /** A new one. */
    WorkerProcess process() throws PeerException;
  }

  LiveCompetitor(Row row, Entry entry, Warmup warmup, boolean chooses, Start start)
      throws PeerException {
    this.row = row;
    this.entry = entry;
    this.warmup = warmup;
    this.chooses = chooses;
    this.start = start;
    this.process = start.process();
  }

  @Override
  public void awaitReady() throws PeerException {
    process.awaitReady();
  }

  @Override
  public Message prepare() throws PeerException {
    Message request = row.request("prepare", entry, warmup);
    if (chooses) {
      int choice = process.ask(row.request("choose", entry, warmup)).whole("choice");
      process.close();
      process = start.process();
      process.awaitReady();
      request = request.with("choice", choice);
    }
    return process.ask(request);
  }

  @Override
  public Message run(int steps) throws PeerException {
    return process.ask(Message.request("run").with("steps", steps).with("kind", row.kindName()));
  }

  @Override
  public Message memory() throws PeerException {
    return process.ask(Message.request("memory"));
  }

  @Override
  public Duration processorTime() {
    return process.processorTime();
  }

  @Override
  public void close() {
    process.close();
  }
}
