package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.explain.HtmlWords;
import org.rnn4j.examples.explain.PictureWords;
import org.rnn4j.examples.explain.TerminalWords;
import org.rnn4j.io.AtomicFiles;
import org.rnn4j.json.Json;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.explain.Explainer;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.TokenWeight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which words a prediction hangs on. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows the weight of each word of a text: coloured in a terminal; elsewhere label and"
          + " probability, and a line for each word with its weight and how it was read, separated"
          + " by tabs, and an empty line behind each text."
    })
final class ExplainCommand implements Callable<Integer> {
  /** From this many tokens on, occlusion takes long enough for a word beforehand. */
  private static final int LONG_TEXT = 1000;

  private final Console console;

  /** What explains. */
  enum Method {
    /** Attention where there is one, otherwise occlusion. */
    AUTO,
    /** The weights of the network's attention. */
    ATTENTION,
    /** What the prediction loses without each word. */
    OCCLUSION;

    /**
     * The method of a name, in capitals or not.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Method named(String name) {
      for (Method method : values()) {
        if (method.toString().equalsIgnoreCase(name)) {
          return method;
        }
      }
      throw new IllegalArgumentException(
          "Expected a method of " + Arrays.toString(values()) + ", got " + name);
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--model", required = true, paramLabel = "MODEL", description = "The model file.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Mixin private final TextArguments texts = new TextArguments();

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "What explains: ${COMPLETION-CANDIDATES}. attention: how much of each word went into the"
              + " summary of the text. occlusion: how far the log-odds of the label fall without"
              + " the word. auto: attention where the network has it, otherwise occlusion.")
  private Method method = Method.AUTO;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the texts on colours of their weights to a page as well.")
  private @Nullable Path html;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description =
          "Draw the text on colours of its weights as well, as .svg or .png by the name; takes one"
              + " text.")
  private @Nullable Path picture;

  @Option(names = "--force", description = "Replace the page and the picture if there are any.")
  private boolean force;

  @Option(
      names = "--json",
      description = "Print text, label, probability, method and tokens as JSON, one line a text.")
  private boolean json;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    texts.require();
    if (html != null) {
      OutputFile.requireNew(html, force);
    }
    if (picture != null) {
      texts.requireOne("--picture");
      OutputFile.requireNew(Picture.requireName(picture), force);
    }
    TextClassifier classifier = TextClassifier.load(model);
    Explainer explainer =
        switch (method) {
          case AUTO -> Explainer.of(classifier);
          case ATTENTION -> Explainer.byAttention(classifier);
          case OCCLUSION -> Explainer.byOcclusion(classifier);
        };
    List<Explanation> shown = new ArrayList<>();
    texts.forEach(
        console,
        text -> {
          warnOfLength(classifier, explainer, text);
          Explanation explanation = explainer.explain(text);
          if (html != null || picture != null) {
            shown.add(explanation);
          }
          return print(explanation);
        });
    if (html != null) {
      AtomicFiles.writeString(html, HtmlWords.page("What predictions hang on", shown));
      console.say("Wrote " + html);
    }
    if (picture != null) {
      PictureWords.picture(shown.get(0)).write(picture);
      console.say("Wrote " + picture);
    }
    return 0;
  }

  private void warnOfLength(TextClassifier classifier, Explainer explainer, String text) {
    if (explainer.method() == Explanation.Method.OCCLUSION && text.length() > LONG_TEXT) {
      int tokens = classifier.pipeline().encode(text).length;
      if (tokens > LONG_TEXT) {
        console.say(
            "Reading a text of " + Tables.count(tokens) + " words once without each of them …");
      }
    }
  }

  /** Prints an explanation at once, and tells whether it could be written. */
  private boolean print(Explanation explanation) {
    if (json) {
      console.out().println(Json.write(Reports.explanation(explanation)));
    } else if (console.results().interactive()) {
      console.out().println(new TerminalWords(console.results()).show(explanation));
    } else {
      printColumns(explanation);
    }
    return !console.out().checkError();
  }

  private void printColumns(Explanation explanation) {
    console
        .out()
        .printf(
            Locale.ROOT,
            "%s\t%.4f\t%s%n",
            explanation.prediction().label(),
            explanation.prediction().probability(),
            Reports.named(explanation.method()));
    for (TokenWeight token : explanation.tokens()) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s\t%.4f\t%s%n",
              token.token().text(),
              token.weight(),
              Reports.named(token.reading()));
    }
    console.out().println();
  }
}
