package org.rnn4j.examples.sentiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.rnn4j.examples.demo.DemoCorpus;
import org.rnn4j.examples.demo.DemoReview;
import org.rnn4j.examples.terminal.Terminal;
import org.rnn4j.json.Json;

/** Runs the sentiment program with streams of its own, on small files. */
final class Program {

  /** What a run of the program left behind. */
  record Run(int code, String out, String messages) {
    List<String> lines() {
      return out.lines().toList();
    }

    Map<String, Object> json() {
      return Json.parseObject(out.strip());
    }

    /** The messages' only line that tells of an error. */
    String error() {
      List<String> errors = messages.lines().filter(line -> line.startsWith("Error")).toList();
      if (errors.size() != 1) {
        throw new AssertionError("Expected one line of error, got: " + messages);
      }
      return errors.get(0);
    }
  }

  private Program() {}

  static Run run(Object... arguments) {
    return runWithInput(new byte[0], arguments);
  }

  static Run runWithInput(byte[] input, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Run run = runInto(out, new ByteArrayInputStream(input), arguments);
    return new Run(run.code(), out.toString(UTF_8), run.messages());
  }

  /** Runs the program with results that go to a stream, and are none of the run's. */
  static Run runInto(OutputStream out, InputStream input, Object... arguments) {
    return runOn(Terminal.plain(new PrintStream(out, false, UTF_8)), input, arguments);
  }

  /** Runs the program with results that go to a terminal of a width, with colours or without. */
  static Run runOnTerminal(int columns, boolean colour, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, false, UTF_8);
    Terminal terminal = new Terminal(stream, true, columns, colour);
    Run run = runOn(terminal, new ByteArrayInputStream(new byte[0]), arguments);
    return new Run(run.code(), out.toString(UTF_8), run.messages());
  }

  private static Run runOn(Terminal results, InputStream input, Object... arguments) {
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    Console console =
        new Console(input, results, Terminal.plain(new PrintStream(messages, true, UTF_8)));
    List<String> texts = new ArrayList<>();
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    int code = Sentiment.commandLine(console).execute(texts.toArray(String[]::new));
    console.out().flush();
    return new Run(code, "", messages.toString(UTF_8));
  }

  /** Made-up reviews as lines of label, tab and text. */
  static String tsv(int size) {
    StringBuilder lines = new StringBuilder();
    for (DemoReview review : DemoCorpus.generate(1, size).training()) {
      lines.append(review.positive() ? '1' : '0').append('\t').append(review.text()).append('\n');
    }
    return lines.toString();
  }

  static Path write(Path file, String text) {
    return write(file, text.getBytes(UTF_8));
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(bytes)) {
      stream.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
