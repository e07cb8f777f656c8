package org.rnn4j.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A process that speaks the line protocol and does no work: what it says stands in its arguments.
 */
final class FakeWorker {
  private FakeWorker() {}

  /**
   * Takes how to behave: {@code good}, {@code absent} or {@code weak}; and the seconds of a step.
   */
  public static void main(String[] args) throws IOException {
    if (args[0].equals("absent")) {
      System.err.println("Traceback: some lines");
      System.err.println("ModuleNotFoundError: No module named 'fake'");
      System.exit(3);
    }
    double seconds = Double.parseDouble(args[1]);
    say(Map.of("ready", true, "version", "1.2.3"));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      Message request = Message.parse(line);
      switch (request.text("do")) {
        case "choose" -> say(Map.of("choice", 1));
        case "prepare" -> {
          if (args[0].equals("weak")) {
            say(Map.of("error", "out of memory"));
          } else {
            say(Map.of("secondsPerStep", seconds, "settings", "fake"));
          }
        }
        case "run" -> {
          int steps = request.whole("steps");
          say(Map.of("seconds", seconds * steps, "tokens", 1000 * steps));
        }
        case "memory" -> say(Map.of("peakBytes", 5_000_000));
        default -> System.exit(0);
      }
    }
  }

  private static void say(Map<String, ?> reply) {
    System.out.println("a line that is no reply");
    System.out.println(Message.of(reply).line());
  }
}
