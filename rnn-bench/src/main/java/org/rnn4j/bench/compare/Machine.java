package org.rnn4j.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What it was measured on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private Machine() {}

  /** Properties by name. */
  public static Map<String, String> description() {
    List<String> lines = lines();
    String flags = " " + field(lines, "flags", field(lines, "Features", "")) + " ";
    Map<String, String> description = new LinkedHashMap<>();
    description.put("processor", field(lines, "model name", System.getProperty("os.arch", "?")));
    description.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    description.put("widest SIMD", widest(flags));
    description.put(
        "system", System.getProperty("os.name", "?") + " " + System.getProperty("os.arch", "?"));
    description.put(
        "JDK", Runtime.version() + ", " + System.getProperty("java.vm.vendor", "vendor unknown"));
    return description;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(CPU_INFO);
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String field(List<String> lines, String name, String otherwise) {
    return lines.stream()
        .filter(line -> line.startsWith(name) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static String widest(String flags) {
    if (flags.contains(" avx512f ")) {
      return "AVX-512";
    }
    if (flags.contains(" avx2 ")) {
      return "AVX2";
    }
    if (flags.contains(" sve ")) {
      return "SVE";
    }
    return flags.contains(" asimd ") ? "NEON" : "unknown";
  }
}
