package org.rnn4j.bench.compare;

import java.time.Duration;

/** A worker process that lives through all rounds of a row and is idle between its own. */
final class LiveCompetitor implements Competitor {
  private final Row row;
  private final Entry entry;
  private final Warmup warmup;
  private final WorkerProcess process;

  LiveCompetitor(Row row, Entry entry, Warmup warmup, WorkerProcess process) {
    this.row = row;
    this.entry = entry;
    this.warmup = warmup;
    this.process = process;
  }

  @Override
  public void awaitReady() throws PeerException {
    process.awaitReady();
  }

  @Override
  public Message prepare() throws PeerException {
    return process.ask(row.request("prepare", entry, warmup));
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
