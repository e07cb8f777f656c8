package org.rnn4j.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another process that asks for a lock. */
final class LockingProcess {
  private LockingProcess() {}

  /** What another process says of its try to take the lock: {@code taken} or {@code refused}. */
  static String take(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LockingProcess.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }

  public static void main(String[] arguments) throws Exception {
    System.out.println(WriterLock.take(Path.of(arguments[0])).isPresent() ? "taken" : "refused");
  }
}
