import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * DL4J as a peer of rnn-bench/compare, LSTMs only; peers/protocol.py says what there is to ask.
 *
 * <p>DL4J cannot clip by the norm over all layers together: each layer is clipped by its own, which
 * costs as much. Its periodic garbage collections are switched off, as its guide to performance
 * says. Its natives for AVX2 and AVX-512 are taken where the processor has these, which gains 15
 * percent. Two threads are slower than one on small networks, so rows of two threads measure both.
 */
public final class Dl4jPeer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_NANOS = 1_000_000_000;

  private final boolean training;
  private final MultiLayerNetwork network;
  private final List<INDArray> ids = new ArrayList<>();
  private final List<INDArray> masks = new ArrayList<>();
  private final List<INDArray> labels = new ArrayList<>();
  private final List<Long> tokens = new ArrayList<>();

  private Dl4jPeer(JsonNode row) {
    training = row.get("kind").asText().equals("train");
    network = network(row);
    boolean ragged = row.get("lengths").size() > 0;
    Random random = new Random(row.get("seed").asLong());
    for (int b = 0; b < row.get("batches").asInt(); b++) {
      int[] lengths = new int[row.get("batch").asInt()];
      for (int i = 0; i < lengths.length; i++) {
        lengths[i] = ragged ? row.get("lengths").get(b).get(i).asInt() : row.get("length").asInt();
      }
      addBatch(lengths, ragged, row.get("vocabulary").asInt(), row.get("outputs").asInt(), random);
    }
  }

  private void addBatch(int[] lengths, boolean ragged, int vocabulary, int outputs, Random random) {
    int longest = Arrays.stream(lengths).max().orElseThrow();
    INDArray batch = Nd4j.zeros(DataType.FLOAT, lengths.length, longest);
    INDArray mask = Nd4j.zeros(DataType.FLOAT, lengths.length, longest);
    INDArray classes = Nd4j.zeros(DataType.FLOAT, lengths.length, outputs);
    for (int i = 0; i < lengths.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        double zipf = Math.pow(vocabulary, random.nextDouble()) - 1; // the n-th word's share is 1/n
        batch.putScalar(i, t, ragged ? (int) zipf : random.nextInt(vocabulary));
        mask.putScalar(i, t, 1);
      }
      classes.putScalar(i, random.nextInt(outputs), 1);
    }
    ids.add(batch);
    masks.add(ragged ? mask : null);
    labels.add(classes);
    tokens.add(Arrays.stream(lengths).asLongStream().sum());
  }

  private static MultiLayerNetwork network(JsonNode row) {
    int inputs = row.get("embedding").asInt();
    var list =
        new NeuralNetConfiguration.Builder()
            .seed(row.get("seed").asLong())
            .dataType(DataType.FLOAT)
            .updater(new Adam(row.get("learningRate").asDouble()))
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(row.get("clip").asDouble())
            .list()
            .layer(
                new EmbeddingSequenceLayer.Builder()
                    .nIn(row.get("vocabulary").asInt())
                    .nOut(inputs)
                    .build());
    JsonNode hidden = row.get("hidden");
    for (int i = 0; i < hidden.size(); i++) {
      int units = hidden.get(i).asInt();
      LSTM lstm = new LSTM.Builder().nIn(inputs).nOut(units).activation(Activation.TANH).build();
      list.layer(i == hidden.size() - 1 ? new LastTimeStep(lstm) : lstm);
      inputs = units;
    }
    list.layer(
        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
            .nIn(inputs)
            .nOut(row.get("outputs").asInt())
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** Trains on a batch or predicts it; gives its tokens. */
  private long step(int i) {
    int batch = i % ids.size();
    if (training) {
      network.fit(ids.get(batch), labels.get(batch), masks.get(batch), null);
    } else {
      network.output(ids.get(batch), false);
    }
    return tokens.get(batch);
  }

  private Map<String, Object> run(JsonNode request) {
    int steps = request.get("steps").asInt();
    if (request.get("kind").asText().equals("one_text")) {
      return latencies(steps);
    }
    long done = 0;
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      done += step(i);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> reply = new LinkedHashMap<>(Map.of("seconds", seconds, "tokens", done));
    if (training) {
      reply.put("loss", network.score());
    }
    return reply;
  }

  private Map<String, Object> latencies(int calls) {
    long[] taken = new long[calls];
    int done = 0;
    long begin = System.nanoTime();
    long end = begin;
    while (done < calls && end - begin < LIMIT_NANOS) {
      long start = System.nanoTime();
      step(done);
      end = System.nanoTime();
      taken[done++] = end - start;
    }
    Arrays.sort(taken, 0, done);
    return Map.of(
        "p50", taken[done / 2] / 1e6,
        "p99", taken[Math.min(done - 1, (int) (done * 99L / 100))] / 1e6,
        "calls", done);
  }

  /** Steps until there were enough of them, and for long enough; gives the seconds of a late one. */
  private double warmUp(int steps, double seconds, double limit) {
    List<Double> taken = new ArrayList<>();
    double all = 0;
    while ((taken.size() < steps && (taken.size() < 2 || all < limit)) || all < seconds) {
      long start = System.nanoTime();
      step(taken.size());
      taken.add((System.nanoTime() - start) / 1e9);
      all += taken.get(taken.size() - 1);
    }
    List<Double> late = taken.subList(taken.size() / 2, taken.size()).stream().sorted().toList();
    return late.get(late.size() / 2);
  }

  /** JavaCPP loads the natives of an extension only when told so. */
  private static void chooseNatives() {
    for (String extension : List.of("-avx512", "-avx2")) {
      if (System.getProperty("java.class.path").contains(extension + ".jar")) {
        System.setProperty("org.bytedeco.javacpp.platform.extension", extension);
        return;
      }
    }
  }

  /** Answers requests; with a model's file and a length: loads it, predicts once, prints. */
  public static void main(String[] args) throws IOException {
    chooseNatives();
    if (args.length > 0) {
      MultiLayerNetwork network = MultiLayerNetwork.load(new File(args[0]), false);
      int length = Integer.parseInt(args[1]);
      INDArray ids = Nd4j.arange(length).castTo(DataType.FLOAT).reshape(1, length);
      System.out.println("predicted " + network.output(ids, false));
      System.exit(0);
    }
    PrintStream replies = System.out;
    System.setOut(System.err);
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    String version = MultiLayerNetwork.class.getPackage().getImplementationVersion();
    write(replies, Map.of("ready", true, "version", version == null ? "1.0.0-M2.1" : version));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Dl4jPeer peer = null;
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      JsonNode request = JSON.readTree(line);
      try {
        switch (request.get("do").asText()) {
          case "prepare" -> {
            peer = new Dl4jPeer(request);
            double step =
                peer.warmUp(
                    request.get("warmupSteps").asInt(),
                    request.get("warmupSeconds").asDouble(),
                    request.get("warmupLimit").asDouble());
            write(replies, Map.of("secondsPerStep", step, "settings", "no periodic collections"));
          }
          case "run" -> write(replies, peer.run(request));
          case "save" -> {
            network(request).save(new File(request.get("file").asText()), false);
            write(replies, Map.of());
          }
          case "memory" -> write(replies, memory());
          case "quit" -> System.exit(0);
          default -> write(replies, Map.of("error", "unknown request"));
        }
      } catch (IOException | RuntimeException e) {
        e.printStackTrace();
        write(replies, Map.of("error", String.valueOf(e).lines().findFirst().orElse("")));
      }
    }
    System.exit(0);
  }

  private static Map<String, Object> memory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("VmHWM:")) {
          return Map.of("peakBytes", 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")));
        }
      }
    }
    return Map.of();
  }

  private static void write(PrintStream replies, Map<String, ?> reply) throws IOException {
    replies.println(JSON.writeValueAsString(reply));
    replies.flush();
  }
}
