package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rnn4j.examples.chart.LearningCurves;
import org.rnn4j.examples.demo.BagOfWords;
import org.rnn4j.examples.demo.DemoCorpus;
import org.rnn4j.examples.demo.DemoReview;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.Preset;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.examples.terminal.Table;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.train.Epoch;
import org.rnn4j.train.Scores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the order of words is worth, on made-up reviews. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Trains a GRU and an LSTM on made-up reviews whose judgement hangs on the order of the"
            + " words, beside a bag of words that does not see the order. Needs no data and no"
            + " network.")
final class DemoCommand implements Callable<Integer> {
  private static final List<String> LABELS = List.of("negative", "positive");
  private static final List<String> SENTENCES =
      List.of(
          "Not bad at all.",
          "The acting was wonderful but the story was dull.",
          "The story was dull but the acting was wonderful.",
          "Although the soup was awful, the wine was great.",
          "Nobody could say that the hotel was not lovely.");

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What reviews and weights are drawn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed = 1;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Reviews to learn from, a multiple of 8. Default: ${DEFAULT-VALUE}.",
      defaultValue = "" + DemoCorpus.TRAINING_SIZE)
  private int size = DemoCorpus.TRAINING_SIZE;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Rounds through the reviews. Default: ${DEFAULT-VALUE}.",
      defaultValue = "12")
  private int epochs = 12;

  @Option(
      names = "--curves",
      paramLabel = "FILE",
      description =
          "Picture of the learning curves to write, .png or .svg. Default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:rnn.examples.curves:-curves.png}")
  private Path curves = Path.of("curves.png");

  @Option(names = "--json", description = "Print the results as JSON on one line.")
  private boolean json;

  /** One trained model with its scores. */
  private record Trained(
      Preset preset, TextClassifier.Trained result, Evaluation test, double seconds) {}

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (epochs < 1) {
      throw usage("--epochs: expected a number of 1 or more, got " + epochs);
    }
    OutputFile.requireWritable(curves);
    long start = System.nanoTime();
    DemoCorpus corpus = corpus();
    double[] baselines = {baseline(corpus, 1), baseline(corpus, 2)};
    introduce(corpus);
    List<Trained> models =
        List.of(train(Preset.TWITTER_GRU, corpus), train(Preset.TWITTER_LSTM, corpus));
    LearningCurves.picture(models.stream().map(DemoCommand::curve).toList()).write(curves);
    double seconds = secondsSince(start);
    if (json) {
      console.out().println(Json.write(report(corpus, baselines, models, seconds)));
    } else {
      conclude(baselines, models, seconds);
    }
    return 0;
  }

  private DemoCorpus corpus() {
    try {
      return DemoCorpus.generate(seed, size);
    } catch (IllegalArgumentException e) {
      throw usage(("--size: " + e.getMessage()).replace("trainingSize: ", ""));
    }
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static double baseline(DemoCorpus corpus, int longestGram) {
    return BagOfWords.fit(corpus.training(), corpus.validation(), longestGram)
        .accuracy(corpus.test());
  }

  private void introduce(DemoCorpus corpus) {
    if (json) {
      return;
    }
    console
        .out()
        .printf(
            Locale.ROOT,
            "%,d made-up reviews to learn from, %,d to watch by, %,d to be tested on.%nEach test"
                + " review puts words and phrases together that were never read together.%n%n",
            corpus.training().size(),
            corpus.validation().size(),
            corpus.test().size());
    for (DemoReview review : corpus.training().subList(0, 4)) {
      console.out().println("  " + label(review) + "  " + review.text());
    }
    console.out().println();
  }

  private Trained train(Preset preset, DemoCorpus corpus) {
    long start = System.nanoTime();
    if (!json) {
      console.out().println(preset);
    }
    Design design =
        preset.design().with(TrainingSettings.EPOCHS, epochs).with(TrainingSettings.SEED, seed);
    TextClassifier.Trained result =
        new TrainingRun(preset.toString(), design)
            .run(texts(corpus.training()), texts(corpus.validation()), console, !json);
    Evaluation test = result.classifier().evaluate(texts(corpus.test()));
    if (!json) {
      console.out().println();
      console.out().println(Tables.epochs(result.history()));
      console.out().flush();
    }
    return new Trained(preset, result, test, secondsSince(start));
  }

  private void conclude(double[] baselines, List<Trained> models, double seconds) {
    Table table = new Table("on the test reviews", ">accuracy", ">seconds");
    table.row("bag of words", Tables.percent(baselines[0]), "");
    table.row("bag of words and pairs of words", Tables.percent(baselines[1]), "");
    for (Trained model : models) {
      table.row(
          model.preset(),
          Tables.percent(model.test().accuracy()),
          String.format(Locale.ROOT, "%.1f", model.seconds()));
    }
    console.out().println(table);
    Table judged = new Table("sentence", "twitter-gru", "twitter-lstm");
    for (String sentence : SENTENCES) {
      judged.row(sentence, judge(models.get(0), sentence), judge(models.get(1), sentence));
    }
    console.out().println(judged);
    console.out().println("Learning curves: " + curves);
    console.out().printf(Locale.ROOT, "Done in %.0f seconds.%n", seconds);
  }

  private static String judge(Trained model, String sentence) {
    Prediction prediction = model.result().classifier().predict(sentence);
    return String.format(Locale.ROOT, "%s %.3f", prediction.label(), prediction.probability());
  }

  private Map<String, Object> report(
      DemoCorpus corpus, double[] baselines, List<Trained> models, double seconds) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("seed", seed);
    report.put("trainingExamples", corpus.training().size());
    report.put("testExamples", corpus.test().size());
    report.put("bagOfWordsAccuracy", baselines[0]);
    report.put("bagOfPairsAccuracy", baselines[1]);
    List<Object> described = new ArrayList<>();
    for (Trained model : models) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("preset", model.preset().toString());
      values.putAll(Reports.training(corpus.training().size(), model.result()));
      values.put("test", Reports.evaluation(model.test()));
      values.put("seconds", model.seconds());
      values.put("sentences", judgements(model.result().classifier()));
      described.add(values);
    }
    report.put("models", described);
    report.put("curves", curves.toString());
    report.put("seconds", seconds);
    return report;
  }

  private static List<Object> judgements(TextClassifier classifier) {
    List<Object> judgements = new ArrayList<>();
    for (String sentence : SENTENCES) {
      Prediction prediction = classifier.predict(sentence);
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("text", sentence);
      values.put("label", prediction.label());
      values.put("probability", prediction.probability());
      judgements.add(values);
    }
    return judgements;
  }

  private static LearningCurves.Curve curve(Trained model) {
    List<Epoch> epochs = model.result().history().epochs();
    List<Scores> validation = new ArrayList<>();
    for (Epoch epoch : epochs) {
      Scores scores = epoch.validation();
      if (scores != null) {
        validation.add(scores);
      }
    }
    return new LearningCurves.Curve(
        model.preset().toString(),
        epochs.stream().map(epoch -> epoch.training().loss()).toList(),
        validation.stream().map(Scores::loss).toList(),
        epochs.stream().map(epoch -> Tables.accuracy(epoch.training())).toList(),
        validation.stream().map(Tables::accuracy).toList(),
        model.result().history().bestEpoch());
  }

  private static LabelledTexts texts(List<DemoReview> reviews) {
    return LabelledTexts.of(
        reviews.stream().map(review -> new LabelledText(review.text(), label(review))).toList(),
        LABELS);
  }

  private static String label(DemoReview review) {
    return LABELS.get(review.positive() ? 1 : 0);
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
