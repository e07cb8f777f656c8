package org.rnn4j.examples.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rnn4j.examples.sentiment.Program.read;
import static org.rnn4j.examples.sentiment.Program.run;
import static org.rnn4j.examples.sentiment.Program.write;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.backend.KernelSelection;

/** Sends signals to trainings in processes of their own. */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
    named = KernelSelection.PROPERTY,
    matches = "scalar",
    disabledReason = "starts JVMs, with scalar kernels; once is enough")
class InterruptedTrainingTest {
  private static final String PLAIN =
      "1\ta good film\n0\ta bad film\n1\tgood acting\n0\tbad acting\n".repeat(8);

  @TempDir Path folder;
  private Path data;
  private Path model;
  private Path checkpoint;

  /** What a process that was sent signals left behind. */
  private record Ended(int code, List<String> messages) {}

  @BeforeEach
  void writeData() {
    data = write(folder.resolve("data.tsv"), PLAIN);
    model = folder.resolve("model");
    checkpoint = folder.resolve("the checkpoint");
  }

  private List<Object> training(Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--data", data, "--preset", "movie-lstm", "--embedding", 8));
    arguments.addAll(List.of("--layers", 8, "--epochs", 120, "--batch-size", 4, "--threads", 1));
    arguments.addAll(List.of("--validation", 0, "--out", model));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void ctrl_c_keeps_the_training_and_the_command_it_prints_ends_with_the_same_bytes()
      throws Exception {
    assertThat(run(training().toArray()).code()).isZero();
    byte[] expected = read(model);
    Files.delete(model);

    Ended ended = signalled("INT", training("--checkpoint", checkpoint + ":every=7"));

    assertThat(ended.code()).as(ended.messages().toString()).isEqualTo(130);
    assertThat(ended.messages())
        .contains("Stopping after the running step; the same again ends at once.");
    assertThat(model).doesNotExist();
    assertThat(checkpoint).isNotEmptyFile();
    String command = ended.messages().get(ended.messages().size() - 1);
    String start = "Interrupted; the training is kept. To go on: examples/sentiment ";
    assertThat(command).startsWith(start).endsWith(" --resume");
    Program.Run resumed = run((Object[]) words(command.substring(start.length())));
    assertThat(resumed.code()).as(resumed.messages()).isZero();
    assertThat(read(model)).isEqualTo(expected);
  }

  /** The words that a shell makes of a command. */
  private static String[] words(String command) throws IOException {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + command)
            .redirectErrorStream(true)
            .start();
    return new String(shell.getInputStream().readAllBytes(), UTF_8).split("\n");
  }

  @Test
  void a_termination_without_a_checkpoint_says_that_nothing_was_kept() throws Exception {
    Ended ended = signalled("TERM", training());

    assertThat(ended.code()).as(ended.messages().toString()).isEqualTo(143);
    assertThat(ended.messages())
        .endsWith("Interrupted; nothing was kept. With --checkpoint FILE it could go on.");
    assertThat(model).doesNotExist();
    assertThat(folder.toFile().list()).containsExactly("data.tsv");
  }

  @Test
  void ctrl_c_keeps_a_search_and_the_command_it_prints_finds_the_same_winner() throws Exception {
    Path space = write(folder.resolve("the space.json"), "{\"dropout\": {\"real\": [0, 0.5]}}");
    Path out = folder.resolve("out");
    List<Object> tuning = new ArrayList<>();
    tuning.addAll(List.of("tune", "--data", data, "--space", space, "--preset", "movie-lstm"));
    tuning.addAll(List.of("--embedding", 8, "--layers", 8, "--epochs", 40, "--batch-size", 4));
    tuning.addAll(List.of("--folds", 2, "--method", "random", "--trials", 4, "--threads", 1));
    List<Object> uninterrupted = new ArrayList<>(tuning);
    Path expected = folder.resolve("expected");
    uninterrupted.addAll(List.of("--out", expected));
    assertThat(run(uninterrupted.toArray()).code()).isZero();
    tuning.addAll(List.of("--out", out));

    Ended ended = signalled("INT", "Fold 2 of ", tuning);

    assertThat(ended.code()).as(ended.messages().toString()).isEqualTo(130);
    assertThat(ended.messages())
        .contains("Stopping after the running step; the same again ends at once.");
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("journal.jsonl", ".journal.jsonl.lock");
    String command = ended.messages().get(ended.messages().size() - 1);
    String start = "Interrupted; each fold that has ended is kept. To go on: examples/sentiment ";
    assertThat(command).startsWith(start);
    Program.Run resumed = run((Object[]) words(command.substring(start.length())));
    assertThat(resumed.code()).as(resumed.messages()).isZero();
    assertThat(resumed.messages()).doesNotContain("Fold 1 of ");
    for (String name : List.of("search.json", "journal.jsonl", "model.safetensors")) {
      assertThat(out.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  @Test
  void a_study_that_was_killed_and_then_terminated_goes_on_to_the_same_bytes() throws Exception {
    // Texts that take long enough for a signal to arrive.
    write(data, PLAIN.replace("\n", " that is read again and again and again\n").repeat(2));
    Path expected = folder.resolve("expected");
    Path out = folder.resolve("out");
    List<Object> study = List.of("study", "imdb", "--data", data, "--threads", 1, "--out");
    assertThat(run(with(study, expected)).code()).isZero();

    Ended killed = signalled("KILL", "Training gru ", List.of(with(study, out)));
    assertThat(killed.code()).as(killed.messages().toString()).isEqualTo(137);
    assertThat(out.toFile().list()).containsExactly("trainings");
    Ended ended = signalled("TERM", "Training imdb-best ", List.of(with(study, out)));
    assertThat(ended.code()).as(ended.messages().toString()).isEqualTo(143);
    assertThat(out.toFile().list()).containsExactly("trainings");

    String command = ended.messages().get(ended.messages().size() - 1);
    String start = "Interrupted; what is done is kept. To go on: examples/sentiment ";
    assertThat(command).startsWith(start);
    Program.Run resumed = run((Object[]) words(command.substring(start.length())));
    assertThat(resumed.code()).as(resumed.messages()).isZero();
    assertThat(resumed.messages())
        .containsPattern("Going on from .*/lstm.checkpoint, epoch 2 of at most 2\n")
        .containsPattern("Going on from .*/gru.checkpoint, epoch 2 of at most 2\n");
    assertThat(out.toFile().list()).hasSize(4);
    for (String name : List.of("metrics.json", "history.csv", "model.safetensors")) {
      assertThat(out.resolve(name)).hasSameBinaryContentAs(expected.resolve(name));
    }
  }

  @Test
  void ctrl_c_keeps_the_search_of_a_study_too() throws Exception {
    Path out = folder.resolve("out");
    List<Object> study =
        List.of("study", "movie-reviews", "--search", "--trials", 20, "--folds", 5);
    List<Object> options = List.of("--data", data, "--threads", 1, "--out", out);

    Ended ended =
        signalled("INT", "Fold 1 of ", Stream.of(study, options).flatMap(List::stream).toList());

    assertThat(ended.code()).as(ended.messages().toString()).isEqualTo(130);
    assertThat(out.toFile().list())
        .containsExactlyInAnyOrder("journal-1.jsonl", ".journal-1.jsonl.lock");
    assertThat(Files.readAllLines(out.resolve("journal-1.jsonl"))).hasSizeBetween(2, 90);
    assertThat(ended.messages().get(ended.messages().size() - 1))
        .startsWith("Interrupted; what is done is kept. To go on: examples/sentiment study ");
  }

  private static Object[] with(List<Object> arguments, Object last) {
    List<Object> all = new ArrayList<>(arguments);
    all.add(last);
    return all.toArray();
  }

  /** Obeys no signal, until one comes for the second time. */
  static final class Stubborn {
    public static void main(String[] arguments) throws InterruptedException {
      try (Interrupts interrupts = Interrupts.watch(() -> System.err.println("Training once"))) {
        System.err.println("Training");
        while (interrupts.exitCode() < 1000) {
          Thread.sleep(10);
        }
      }
    }
  }

  @Test
  void the_second_signal_ends_a_process_that_does_not_follow_the_first() throws Exception {
    Process process = start(Stubborn.class, List.of());
    try (BufferedReader messages = process.errorReader(UTF_8)) {
      await("Training", messages);
      send("INT", process);
      await("Training", messages);
      assertThat(process.isAlive()).isTrue();
      send("TERM", process);
    }

    assertThat(process.waitFor()).isEqualTo(143);
  }

  private Ended signalled(String signal, List<Object> arguments) throws Exception {
    return signalled(signal, "Training ", arguments);
  }

  private Ended signalled(String signal, String awaited, List<Object> arguments) throws Exception {
    Process process = start(Sentiment.class, arguments);
    List<String> messages = new ArrayList<>();
    try (BufferedReader reader = process.errorReader(UTF_8)) {
      messages.add(await(awaited, reader));
      send(signal, process);
      reader.lines().forEach(messages::add);
    }
    return new Ended(process.waitFor(), messages);
  }

  /** Reads up to a message after which signals are watched for. */
  private static String await(String start, BufferedReader messages) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = messages.readLine(); line != null; line = messages.readLine()) {
      if (line.startsWith(start)) {
        return line;
      }
      read.append(line).append('\n');
    }
    throw new AssertionError("Expected a line that begins with " + start + ", got: " + read);
  }

  private static void send(String signal, Process process) throws Exception {
    switch (signal) {
      case "TERM" -> assertThat(process.toHandle().destroy()).isTrue();
      case "KILL" -> assertThat(process.toHandle().destroyForcibly()).isTrue();
      default -> {
        int sent = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        assertThat(sent).as("the exit code of kill").isZero();
      }
    }
  }

  private static Process start(Class<?> program, List<Object> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ignoresInterrupts()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Djava.awt.headless=true",
            "-D" + KernelSelection.PROPERTY + "=scalar",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName()));
    arguments.forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  /**
   * Whether this process, and so the one that it starts, ignores Ctrl-C: a shell without job
   * control has what runs in the background do so.
   */
  private static boolean ignoresInterrupts() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String ignored =
          lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow().substring(7);
      return (Long.parseUnsignedLong(ignored.strip(), 16) & 0b10) != 0;
    }
  }
}
