package org.rnn4j.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the process of each peer is started.
 *
 * @param java the java command
 * @param python a Python with the peers' packages, or null
 * @param dl4j the classpath of DL4J's worker, or null
 * @param scripts the folder of the Python scripts
 */
public record PeerCommands(
    String java, @Nullable String python, @Nullable String dl4j, Path scripts) implements Launcher {
  private static final String WORKER = "org.rnn4j.bench.compare.worker.Worker";
  private static final String FIRST = "org.rnn4j.bench.compare.worker.FirstPrediction";

  @Override
  public List<String> worker(Peer peer) throws PeerException {
    return command(peer, WORKER);
  }

  @Override
  public List<String> firstPrediction(Peer peer, Path file, int length) throws PeerException {
    List<String> command = command(peer, FIRST);
    command.add(file.toString());
    command.add(Integer.toString(length));
    return command;
  }

  private List<String> command(Peer peer, String main) throws PeerException {
    List<String> command = new ArrayList<>();
    if (peer.isPython()) {
      if (python == null) {
        throw new PeerException("no Python with its packages");
      }
      command.add(python);
      command.add(scripts.resolve(peer.id() + "_peer.py").toString());
      return command;
    }
    command.add(java);
    switch (peer) {
      case DL4J -> {
        if (dl4j == null) {
          throw new PeerException("no classpath of its jars");
        }
        command.addAll(List.of("-cp", dl4j, "Dl4jPeer"));
      }
      case SCALAR -> command.addAll(List.of("-Drnn.kernels=scalar", "-cp", classpath(), main));
      default ->
          command.addAll(List.of("--add-modules=jdk.incubator.vector", "-cp", classpath(), main));
    }
    return command;
  }

  private static String classpath() {
    return System.getProperty("java.class.path", "");
  }

  /**
   * Variables that hold native libraries to their threads. Nothing is said about how idle threads
   * wait: OMP_WAIT_POLICY=PASSIVE costs PyTorch more than 10 percent, and without it GNU's OpenMP
   * spins for milliseconds only. Whether others were idle while one was measured is checked in
   * every round.
   */
  public static Map<String, String> environment(int threads) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
      environment.put(name, Integer.toString(threads));
    }
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return environment;
  }

  /**
   * As {@link #environment(int)}. PyTorch gains from a malloc that keeps large blocks instead of
   * giving them back to the system after every step; the variables are glibc's.
   */
  @Override
  public Map<String, String> environment(Peer peer, int threads) {
    Map<String, String> environment = environment(threads);
    if (peer == Peer.TORCH) {
      environment.put("MALLOC_MMAP_THRESHOLD_", Long.toString(1L << 32));
      environment.put("MALLOC_TRIM_THRESHOLD_", Long.toString(1L << 32));
      environment.put("MALLOC_TOP_PAD_", Long.toString(1L << 28));
    }
    return environment;
  }
}
