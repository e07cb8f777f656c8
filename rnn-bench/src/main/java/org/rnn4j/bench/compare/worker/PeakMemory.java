package org.rnn4j.bench.compare.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The peak of this process' resident memory, where Linux tells. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /** Starts the peak anew at what is resident now, where the system permits. */
  static void forget() {
    try {
      Files.writeString(CLEAR, "5");
    } catch (IOException e) {
      // The peak then counts from the start of the process, which has done nothing else.
    }
  }

  /** In bytes; null where the system does not tell. */
  static @Nullable Long bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(PEAK)) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return null;
  }
}
