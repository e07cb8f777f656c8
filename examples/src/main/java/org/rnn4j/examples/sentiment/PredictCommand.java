package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.classify.TextClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells the label of texts, one line a text. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells the label of each text and its probability, separated by a tab, one line a text."
    })
final class PredictCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Console console;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Parameters(
      paramLabel = "TEXT",
      description =
          "Texts to judge, or - for the lines of standard input. "
              + "After --, a text may begin with a dash.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--json",
      description = "Print text, label and probability as JSON, one line a text.")
  private boolean json;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (texts.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Expected texts, or - for the lines of standard input; got none");
    }
    if (texts.size() > 1 && texts.contains(STANDARD_INPUT)) {
      throw new ParameterException(
          spec.commandLine(),
          "Expected texts, or - alone for the lines of standard input; got - among "
              + texts.size()
              + " texts");
    }
    TextClassifier classifier = TextClassifier.load(model);
    if (texts.equals(List.of(STANDARD_INPUT))) {
      InputLines lines = new InputLines(console.in());
      boolean taken = true;
      for (String line = lines.next(); line != null && taken; line = lines.next()) {
        taken = print(line, classifier.predict(line));
      }
    } else {
      texts.forEach(text -> print(text, classifier.predict(text)));
    }
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
