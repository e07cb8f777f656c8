package org.rnn4j.bench.compare;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that speaks the line protocol. Its standard error goes to a log. */
public final class WorkerProcess implements AutoCloseable {
  /** What stands in the queue of lines when there are no more. */
  private static final String END = "";

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Process process;
  private final BufferedWriter requests;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    Thread reader = new Thread(this::read, "replies");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts a process; {@link #awaitReady} tells whether it came up.
   *
   * @param environment variables to set beside those of this process
   * @param log the file that standard error is added to
   */
  public static WorkerProcess start(List<String> command, Map<String, String> environment, Path log)
      throws PeerException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
    try {
      return new WorkerProcess(builder.start(), log);
    } catch (IOException e) {
      throw new PeerException("could not be started: " + e.getMessage());
    }
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("{")) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      // The process is gone, which the end of the lines says too.
    }
    lines.add(END);
  }

  /** Waits for the first line, which tells the version. */
  public Message awaitReady() throws PeerException {
    return reply(progress -> {});
  }

  /** Asks and waits for the reply. */
  Message ask(Message request) throws PeerException {
    return ask(request, progress -> {});
  }

  /**
   * Asks and waits for the reply.
   *
   * @param progress is told the messages before it, which have a {@code progress}
   */
  public Message ask(Message request, Consumer<Message> progress) throws PeerException {
    try {
      requests.write(request.line());
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw new PeerException("ended: " + lastWords());
    }
    return reply(progress);
  }

  private Message reply(Consumer<Message> progress) throws PeerException {
    Message reply = message();
    while (reply.has("progress")) {
      progress.accept(reply);
      reply = message();
    }
    return reply;
  }

  private Message message() throws PeerException {
    String line;
    try {
      line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new PeerException("was interrupted");
    }
    if (line == null) {
      throw new PeerException("gave no answer for " + PATIENCE.toMinutes() + " minutes");
    }
    if (line.equals(END)) {
      lines.add(END);
      throw new PeerException(lastWords());
    }
    Message reply = Message.parse(line);
    String error = reply.textOrNull("error");
    if (error != null) {
      throw new PeerException(error);
    }
    return reply;
  }

  /** Why it ended: the last line of its log that says something, else its exit code. */
  private String lastWords() {
    String code = "ended";
    try {
      if (process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
        code = "ended with exit code " + process.exitValue();
      }
      List<String> log = Files.readAllLines(this.log).stream().filter(l -> !l.isBlank()).toList();
      return log.isEmpty() ? code : log.get(log.size() - 1).strip();
    } catch (IOException | InterruptedException e) {
      return code;
    }
  }

  /** Processor time it has had so far, where the system tells. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks it to quit, and ends it if it does not. */
  @Override
  public void close() {
    try {
      requests.write(Message.request("quit").line());
      requests.newLine();
      requests.close();
    } catch (IOException e) {
      // It is gone already.
    }
    try {
      if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
