package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.classify.TextClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells the label of texts, one line a text. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells the label of each text and its probability, separated by a tab, one line a text."
    })
final class PredictCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Mixin private final TextArguments texts = new TextArguments();

  @Option(
      names = "--json",
      description = "Print text, label and probability as JSON, one line a text.")
  private boolean json;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.require();
    TextClassifier classifier = TextClassifier.load(model);
    texts.forEach(console, text -> print(text, classifier.predict(text)));
    return 0;
  }

  /** Prints a line at once, and tells whether it could be written. */
  private boolean print(String text, Prediction prediction) {
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("text", text);
      report.put("label", prediction.label());
      report.put("probability", prediction.probability());
      console.out().println(Json.write(report));
    } else {
      console.out().printf(Locale.ROOT, "%s\t%.4f%n", prediction.label(), prediction.probability());
    }
    // Whoever feeds lines one by one waits for the answer to each.
    return !console.out().checkError();
  }
}
