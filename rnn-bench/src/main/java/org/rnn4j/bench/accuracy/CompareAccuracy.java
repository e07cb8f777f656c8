package org.rnn4j.bench.accuracy;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rnn4j.backend.KernelSelection;
import org.rnn4j.bench.compare.Machine;
import org.rnn4j.bench.compare.PeerException;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.metric.Predictions;
import org.rnn4j.text.baseline.NbSvm;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.data.DataException;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.Overlap;
import org.rnn4j.train.TrainingException;

/** The program behind {@code rnn-bench/accuracy}. */
public final class CompareAccuracy {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Options options;
  private final Design design;
  private final long begin = System.nanoTime();

  private CompareAccuracy(Options options) {
    this.options = options;
    this.design = options.design();
  }

  /** Trains both, writes tables, results and predictions, and prints the tables. */
  public static void main(String[] args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("rnn-bench/accuracy: " + e.getMessage());
      System.exit(MISUSED);
      return;
    }
    try {
      new CompareAccuracy(options).run();
    } catch (PeerException e) {
      fail("Keras: " + e.getMessage());
    } catch (IOException | DataException | TrainingException | IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()));
    }
    System.exit(0);
  }

  private static void fail(String reason) {
    System.err.println("rnn-bench/accuracy: " + reason);
    System.exit(FAILED);
  }

  private void run() throws IOException, PeerException {
    Files.createDirectories(options.out());
    Texts texts = Texts.read(options);
    design.check(texts.labels().size(), true);
    tell(
        String.format(
            Locale.ROOT,
            "%,d texts to learn, %,d to validate, %,d tokens an epoch",
            texts.train().size(),
            texts.validation().size(),
            texts.tokens()));
    Overlap overlap = texts.split().overlap();
    if (!overlap.isEmpty()) {
      tell("note: " + overlap);
    }
    Predictions baseline = baseline(texts);
    List<Outcome> outcomes = new ArrayList<>();
    int choice = -1;
    for (long seed : options.seeds) {
      TwoTrainings trainings = trainings(texts, seed);
      choice = choice < 0 ? trainings.choose() : choice;
      outcomes.add(trainings.run(choice));
      write(new Report(heading(texts, outcomes.get(0)), outcomes, baseline), texts.labels());
    }
  }

  private TwoTrainings trainings(Texts texts, long seed) throws IOException {
    return new TwoTrainings(
        texts,
        design.with(TrainingSettings.SEED, seed),
        options,
        line -> tell("seed " + seed + ": " + line));
  }

  private Predictions baseline(Texts texts) {
    NbSvm baseline = NbSvm.train(texts.split().train(), NbSvm.Options.standard());
    List<double[]> rows = new ArrayList<>();
    for (LabelledText text : texts.split().validation()) {
      Prediction prediction = baseline.predict(text.text());
      rows.add(
          prediction.probabilities().values().stream().mapToDouble(Double::doubleValue).toArray());
    }
    Predictions predictions =
        Predictions.of(rows.toArray(double[][]::new), texts.validationLabels());
    tell(String.format(Locale.ROOT, "NB-SVM: accuracy %.2f %%", 100 * predictions.accuracy()));
    return predictions;
  }

  private Map<String, String> heading(Texts texts, Outcome first) {
    Map<String, String> heading = new LinkedHashMap<>();
    heading.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
    heading.putAll(Machine.description());
    heading.put("threads", options.threads + " each");
    heading.put("rnn4j", KernelSelection.kernels().name() + " kernels");
    heading.put(
        "Keras",
        first.version()
            + ", float32, "
            + first.settings()
            + ", batches of "
            + (options.bucketed ? "similar length" : "any length")
            + (options.stock
                ? ", its optimizer as it comes"
                : ", its optimizer made exactly rnn4j's"));
    heading.put("command", "`" + options.command + "`");
    heading.put("design", options.name + ": `" + design + "`");
    heading.put(
        "texts",
        String.format(
            Locale.ROOT,
            "%,d to learn of %,d tokens, %,d to validate%s, %,d words",
            texts.train().size(),
            texts.tokens(),
            texts.validation().size(),
            options.groups == null ? "" : ", no group in both",
            texts.pipeline().vocabulary().size()));
    heading.put(
        "time of an epoch",
        "training alone, in turns; without start, validation and, for Keras, tracing and"
            + " compiling");
    return heading;
  }

  private void write(Report report, List<String> labels) throws IOException {
    Path out = options.out();
    AtomicFiles.writeString(out.resolve("table.md"), report.markdown());
    AtomicFiles.writeString(out.resolve("results.json"), Json.write(report.json()) + "\n");
    Outcome last = report.outcomes().get(report.outcomes().size() - 1);
    AtomicFiles.writeString(
        out.resolve("predictions-seed-" + last.seed() + ".tsv"), report.predictions(last, labels));
    if (report.outcomes().size() == options.seeds.size()) {
      PrintStream results = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      results.println(options.json ? Json.write(report.json()) : report.markdown());
    }
    tell("written: table.md, results.json and predictions of seed " + last.seed() + " in " + out);
  }

  private void tell(String line) {
    System.err.printf("[%4d s] %s%n", (System.nanoTime() - begin) / 1_000_000_000, line);
  }
}
