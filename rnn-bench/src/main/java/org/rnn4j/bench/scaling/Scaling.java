package org.rnn4j.bench.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.rnn4j.backend.Activation;
import org.rnn4j.layer.Sequential;
import org.rnn4j.optim.GradientClipping;
import org.rnn4j.sequence.Example;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.train.Trainer;
import org.rnn4j.train.TrainingListener;

/**
 * Times whole training steps of one LSTM over an embedding of 128 around 32 texts of 100 tokens and
 * 128 hidden units, with one extent varied at a time, and writes {@code scaling.csv} and {@code
 * scaling.svg} to the folder given.
 */
public final class Scaling {
  private static final int VOCABULARY = 20_000;
  private static final int EMBEDDING = 128;
  private static final int WARM_UP = 12;
  private static final int MEASURED = 15;

  private Scaling() {}

  /** Takes the folder that is written to. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Map<String, List<Point>> panels = new LinkedHashMap<>();
    panels.put("tokens a text", vary(new int[] {25, 50, 100, 200, 400}, n -> step(n, 32, 128, 1)));
    panels.put("texts a batch", vary(new int[] {4, 8, 16, 32, 64, 128}, n -> step(100, n, 128, 1)));
    panels.put("hidden size", vary(new int[] {32, 64, 128, 256, 512}, n -> step(100, 32, n, 1)));
    int processors = Runtime.getRuntime().availableProcessors();
    panels.put(
        "threads",
        vary(IntStream.rangeClosed(1, processors).toArray(), n -> step(100, 32, 128, n)));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("scaling.csv"), csv(panels));
    Files.writeString(folder.resolve("scaling.svg"), new ScalingPlot(panels).svg());
  }

  private interface Measured {
    Point at(int extent);
  }

  private static List<Point> vary(int[] extents, Measured measured) {
    List<Point> points = new ArrayList<>();
    for (int extent : extents) {
      Point point = measured.at(extent);
      points.add(new Point(extent, point.work(), point.milliseconds()));
      System.err.println(points.get(points.size() - 1));
    }
    return points;
  }

  private static Point step(int length, int batch, int hidden, int threads) {
    Sequential model =
        Sequential.builder(1)
            .embedding(VOCABULARY, EMBEDDING)
            .lstm(hidden)
            .lastState()
            .dense(2, Activation.SOFTMAX)
            .build();
    RandomStream random = new RandomStream(1);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < batch * (WARM_UP + MEASURED); i++) {
      int[] ids = new int[length];
      Arrays.setAll(ids, token -> random.nextInt(VOCABULARY));
      examples.add(new Example(ids, i % 2));
    }
    List<Long> times = new ArrayList<>();
    Trainer.of(model)
        .threads(threads)
        .batchSize(batch)
        .epochs(1)
        .clipping(GradientClipping.byGlobalNorm(1))
        .listener(
            new TrainingListener() {
              @Override
              public void batchEnded(Progress progress) {
                times.add(System.nanoTime());
              }
            })
        .fit(examples);
    double[] steps = new double[MEASURED - 1];
    Arrays.setAll(steps, i -> (times.get(WARM_UP + i + 1) - times.get(WARM_UP + i)) / 1e6);
    Arrays.sort(steps);
    double work = 3.0 * batch * length * (EMBEDDING + hidden) * 4 * hidden / 1e6;
    return new Point(0, work, steps[steps.length / 2]);
  }

  private static String csv(Map<String, List<Point>> panels) {
    StringBuilder text = new StringBuilder("varied,extent,million multiply-adds,ms a step\n");
    panels.forEach(
        (name, points) ->
            points.forEach(
                point ->
                    text.append(
                        String.format(
                            Locale.ROOT,
                            "%s,%d,%.0f,%.2f%n",
                            name,
                            point.extent(),
                            point.work(),
                            point.milliseconds()))));
    return text.toString();
  }
}
