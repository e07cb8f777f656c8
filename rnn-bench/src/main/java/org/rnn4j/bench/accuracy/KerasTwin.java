package org.rnn4j.bench.accuracy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.rnn4j.bench.compare.Message;
import org.rnn4j.bench.compare.PeerCommands;
import org.rnn4j.bench.compare.PeerException;
import org.rnn4j.bench.compare.WorkerProcess;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Setting;
import org.rnn4j.examples.design.Setting.Group;
import org.rnn4j.examples.design.Settings;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.DType;
import org.rnn4j.tensor.Tensor;

/**
 * A training in Keras, in a process of its own: {@code peers/keras_training.py}, which says what
 * there is to ask.
 */
final class KerasTwin implements AutoCloseable {
  private final WorkerProcess process;
  private final String version;
  private final Consumer<String> progress;

  /**
   * Where Keras is found, and how it runs.
   *
   * @param python with Keras and TensorFlow
   * @param scripts the folder of the peers
   * @param threads of TensorFlow
   * @param log what it writes on standard error is added to it
   */
  record Home(Path python, Path scripts, int threads, Path log) {}

  /**
   * What is trained.
   *
   * @param model the file of the network
   * @param design how
   * @param examples on what
   * @param given the names of the weights that are taken from the file, where Keras is not to draw
   *     its own
   * @param bucketed whether batches are of texts of similar length
   * @param stock whether Keras' optimizer stays as it comes, instead of being made exactly ours
   */
  record Task(
      Path model,
      Design design,
      List<Example> examples,
      List<String> given,
      boolean bucketed,
      boolean stock) {
    private Message request(String what) {
      Map<String, Object> settings = new LinkedHashMap<>();
      Map<String, Object> all = design.toMap();
      for (Setting<?> setting : Settings.all()) {
        if (setting.group() == Group.REGULARISATION || setting.group() == Group.LEARNING) {
          settings.put(setting.name(), all.get(setting.name()));
        }
      }
      return Message.request(what)
          .with("model", model.toAbsolutePath().toString())
          .with("design", settings)
          .with("ids", ids(examples))
          .with("labels", examples.stream().map(Example::label).toList())
          .with("given", given)
          .with("bucketed", bucketed)
          .with("stock", stock);
    }
  }

  /**
   * Seconds of a piece of work.
   *
   * @param wall by the clock
   * @param processor of all threads together
   */
  record Seconds(double wall, double processor) {}

  /**
   * Starts Keras.
   *
   * @param progress is told a line now and then
   */
  KerasTwin(Home home, Consumer<String> progress) throws PeerException {
    this.progress = progress;
    process =
        WorkerProcess.start(
            List.of(
                home.python.toString(),
                home.scripts.resolve("keras_training.py").toString(),
                Integer.toString(home.threads)),
            PeerCommands.environment(home.threads),
            home.log);
    version = process.awaitReady().text("version");
  }

  /** Which Keras it is. */
  String version() {
    return version;
  }

  private Message ask(Message request) throws PeerException {
    return process.ask(
        request,
        told ->
            progress.accept(
                "Keras: batch %d of %d".formatted(told.whole("progress"), told.whole("of"))));
  }

  /** Tries ways of compiling; the number of the fastest. */
  int choose(Task task) throws PeerException {
    Message reply = ask(task.request("choose"));
    progress.accept("Keras: seconds of a few batches: " + reply.fields().get("trials"));
    return reply.whole("choice");
  }

  /**
   * Builds the network, and traces and compiles the training step.
   *
   * @param choice the way of compiling
   * @return what was built, in words
   */
  String prepare(Task task, int choice) throws PeerException {
    Message reply = ask(task.request("prepare").with("choice", choice));
    return reply.text("settings");
  }

  /** Learns for an epoch. */
  Seconds epoch() throws PeerException {
    Message reply = ask(Message.request("epoch"));
    return new Seconds(reply.number("seconds"), reply.number("processorSeconds"));
  }

  /** The logits of the network under its own weights, averaged where averages are wanted. */
  Tensor predict(List<Example> examples) throws PeerException {
    return logits(Message.request("predict"), examples);
  }

  /** The logits of the network under the weights of a file. */
  Tensor check(Path model, List<Example> examples) throws PeerException {
    return logits(
        Message.request("check").with("model", model.toAbsolutePath().toString()), examples);
  }

  private Tensor logits(Message request, List<Example> examples) throws PeerException {
    Object logits = ask(request.with("ids", ids(examples))).fields().get("logits");
    if (!(logits instanceof List<?> rows) || rows.size() != examples.size()) {
      throw new PeerException("expected logits of " + examples.size() + " texts, got " + logits);
    }
    double[][] values = new double[rows.size()][];
    for (int row = 0; row < values.length; row++) {
      values[row] =
          ((List<?>) rows.get(row))
              .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
    return Tensor.matrix(DType.FLOAT64, values);
  }

  private static List<List<Integer>> ids(List<Example> examples) {
    List<List<Integer>> all = new ArrayList<>();
    for (Example example : examples) {
      all.add(IntStream.of(example.ids()).boxed().toList());
    }
    return all;
  }

  @Override
  public void close() {
    process.close();
  }
}
