package org.rnn4j.bench.compare.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.bench.compare.Row;
import org.rnn4j.bench.compare.Warmup;
import org.rnn4j.io.ModelFile;

/**
 * The process that stands for rnn4j: reads requests from standard input, replies on standard
 * output. {@code peers/protocol.py} says what there is to ask.
 */
public final class Worker {
  private @Nullable Task task;

  private Worker() {}

  /** Replies until told to quit, or until nobody is there to ask. */
  public static void main(String[] args) throws IOException {
    PrintStream replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    replies.println(
        Message.of(Map.of("ready", true, "version", KernelSelection.kernels().name())).line());
    Worker worker = new Worker();
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Message request = Message.parse(line);
      if (request.text("do").equals("quit")) {
        break;
      }
      replies.println(worker.answer(request).line());
    }
    System.exit(0); // a training may stand at the end of a batch, and waits for ever
  }

  private Message answer(Message request) {
    try {
      return switch (request.text("do")) {
        case "prepare" -> prepare(request);
        case "run" -> runTask(request.whole("steps"));
        case "save" -> save(request);
        case "memory" -> memory();
        default -> Message.error("unknown request " + request.text("do"));
      };
    } catch (IOException | RuntimeException e) {
      return Message.error(e.toString());
    }
  }

  private Message prepare(Message request) {
    PeakMemory.forget();
    Row row = Row.of(request);
    long seed = request.whole("seed");
    Task made =
        switch (row.kind()) {
          case TRAIN -> new Training(row, request.number("clip"), seed);
          case PREDICT -> new Inference(row, seed);
          case ONE_TEXT -> new OneText(row, seed);
          case PRODUCT -> new Product();
          case START -> throw new IllegalArgumentException("A start has no worker");
        };
    task = made;
    Warmup warmup = new Warmup(request.number("warmupSeconds"), request.number("warmupLimit"));
    double step = warmUp(made, row.warmupSteps(), warmup);
    return Message.of(Map.of("secondsPerStep", step, "settings", KernelSelection.kernels().name()));
  }

  /**
   * Steps until there were enough of them, and for long enough; gives the seconds of a late one.
   */
  private static double warmUp(Task task, int steps, Warmup warmup) {
    List<Double> taken = new ArrayList<>();
    double all = 0;
    while ((taken.size() < steps && (taken.size() < 2 || all < warmup.limit()))
        || all < warmup.seconds()) {
      Message round = task.run(1);
      if (round.has("error")) {
        throw new IllegalStateException(round.text("error"));
      }
      taken.add(round.number("seconds"));
      all += round.number("seconds");
    }
    List<Double> late = taken.subList(taken.size() / 2, taken.size()).stream().sorted().toList();
    return late.get(late.size() / 2);
  }

  private Message runTask(int steps) {
    Task prepared = task;
    return prepared == null ? Message.error("no row is prepared") : prepared.run(steps);
  }

  private static Message save(Message request) throws IOException {
    Row row = Row.of(request);
    ModelFile.save(
        Path.of(request.text("file")),
        Workload.network(row.network(), request.whole("seed")),
        Map.of());
    return Message.of(Map.of());
  }

  private static Message memory() {
    Long peak = PeakMemory.bytes();
    return peak == null ? Message.of(Map.of()) : Message.of(Map.of("peakBytes", peak));
  }
}
