package org.rnn4j.bench.compare.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.bench.compare.Row;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.sequence.Example;
import org.rnn4j.train.Trainer;
import org.rnn4j.train.TrainingListener;

/**
 * One long training through the public API, on a thread of its own. Between rounds it waits at the
 * end of a batch, so that every round sees it in its steady state.
 */
final class Training implements Task, TrainingListener {
  private final BlockingQueue<Integer> requests = new SynchronousQueue<>();
  private final BlockingQueue<Message> replies = new SynchronousQueue<>();

  private int left;
  private int steps;
  private long tokens;
  private long epochTokens;
  private long allocated;
  private long start;

  Training(Row row, double clip, long seed) {
    Sequential model = Workload.network(row.network(), seed);
    List<Example> examples = Workload.examples(row, seed);
    Trainer trainer =
        Trainer.of(model)
            .batchSize(row.batches().size())
            .threads(row.threads())
            .clipping(GradientClipping.byGlobalNorm(clip))
            .epochs(Integer.MAX_VALUE)
            .listener(this);
    Thread thread = new Thread(() -> train(trainer, examples), "training");
    thread.setDaemon(true);
    thread.start();
  }

  private void train(Trainer trainer, List<Example> examples) {
    try {
      trainer.fit(examples);
    } catch (RuntimeException e) {
      reply(Message.error(e.toString()));
    }
  }

  @Override
  public Message run(int steps) {
    try {
      requests.put(steps);
      return replies.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a round ran", e);
    }
  }

  @Override
  public void started(Progress progress) {
    awaitRound();
  }

  @Override
  public void batchEnded(Progress progress) {
    if (progress.batch() == 1) {
      epochTokens = 0;
    }
    tokens += progress.tokens() - epochTokens;
    epochTokens = progress.tokens();
    left--;
    if (left == 0) {
      double seconds = (System.nanoTime() - start) / 1e9;
      long bytes = Allocation.ofAllThreads() - allocated;
      reply(
          Message.of(
              Map.of(
                  "seconds",
                  seconds,
                  "tokens",
                  tokens,
                  "loss",
                  progress.running().loss(),
                  "bytesPerStep",
                  bytes / steps)));
      awaitRound();
    }
  }

  private void awaitRound() {
    try {
      steps = requests.take();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted between rounds", e);
    }
    left = steps;
    tokens = 0;
    allocated = Allocation.ofAllThreads();
    start = System.nanoTime();
  }

  private void reply(Message message) {
    try {
      replies.put(message);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Interrupted while a round ended", e);
    }
  }
}
