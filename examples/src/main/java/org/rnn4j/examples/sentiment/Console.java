package org.rnn4j.examples.sentiment;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.nio.charset.StandardCharsets;
import org.rnn4j.examples.terminal.Terminal;

/**
 * The three streams of the program.
 *
 * @param in what {@code predict -} reads, UTF-8
 * @param results where results go, UTF-8
 * @param messages where everything else goes, UTF-8
 */
record Console(InputStream in, Terminal results, Terminal messages) {

  /** The streams of the process. */
  static Console ofProcess() {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    PrintStream messages = new PrintStream(openMessages(), true, StandardCharsets.UTF_8);
    return new Console(
        System.in,
        Terminal.detect(out, "rnn.examples.results", System.getenv()),
        Terminal.detect(messages, System.getenv()));
  }

  /** The stream of the results. */
  PrintStream out() {
    return results.stream();
  }

  /**
   * Standard error, or the open descriptor whose number the system property {@code
   * rnn.examples.messages} gives: the script puts standard error there, so that it can filter what
   * the Java virtual machine itself writes. Opening {@code /dev/fd/3} instead would start a file
   * position of its own, and overwrite what others write to the same file.
   */
  private static OutputStream openMessages() {
    Integer number = Integer.getInteger("rnn.examples.messages");
    if (number != null) {
      try {
        Constructor<FileDescriptor> constructor =
            FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true); // The script opens java.io for this.
        return new FileOutputStream(constructor.newInstance(number));
      } catch (ReflectiveOperationException | InaccessibleObjectException e) {
        return System.err;
      }
    }
    return System.err;
  }

  /** Writes one line to the messages. */
  void say(String message) {
    messages.stream().println(message);
  }
}
