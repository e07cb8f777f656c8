package org.rnn4j.io;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.layer.Sequential;

/** A program that saves networks, to be killed or starved while it does. */
final class SavingProcess {
  private SavingProcess() {}

  /**
   * Saves over one file the networks of seeds 1 and 2 in turn.
   *
   * @param arguments the file, and how many times to save, for example 1
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    List<Sequential> models = List.of(Models.large(1), Models.large(2));
    try {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        ModelFile.save(file, models.get(i % 2), Map.of());
        System.out.println("saved");
      }
    } catch (IOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  /** The program as a command of its own JVM; its output and errors come together. */
  static ProcessBuilder command(List<String> before, Path file, int times) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Without the file of performance counters, which a limit on file sizes would break.
    command.addAll(List.of("-Xmx256m", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), SavingProcess.class.getName()));
    command.addAll(List.of(file.toString(), Integer.toString(times)));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
        .replace('\n', File.pathSeparatorChar);
  }
}
