package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Evaluation;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.LabelledTexts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Scores a model on a file of labelled texts. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Scores a model on labelled texts.")
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description =
          "Texts to score on: TSV, CSV or an aclImdb folder, plain or gzip; "
              + "of the folder of both halves, the test half.")
  @SuppressWarnings("NullAway.Init")
  private Path data;

  @Mixin private final DataOptions format = new DataOptions();

  @Option(
      names = "--json",
      description = "Print examples, loss, accuracy and seconds as JSON on one line.")
  private boolean json;

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TextClassifier classifier = TextClassifier.load(model);
    LabelledTexts texts = format.read(data, classifier.labels(), DataOptions.Half.TEST, console);
    Evaluation evaluation = classifier.evaluate(texts);
    if (json) {
      console.out().println(Json.write(Reports.evaluation(evaluation)));
    } else {
      console.out().println("examples  " + Tables.count(evaluation.examples()));
      console.out().println("loss      " + Tables.loss(evaluation.loss()));
      console.out().println("accuracy  " + Tables.percent(evaluation.accuracy()));
      console.out().printf(Locale.ROOT, "seconds   %.2f%n", evaluation.seconds());
    }
    return 0;
  }
}
