package org.rnn4j.examples.sentiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rnn4j.examples.design.Design;
import org.rnn4j.examples.design.TextSettings;
import org.rnn4j.examples.design.TrainingSettings;
import org.rnn4j.sequence.Batcher;
import org.rnn4j.text.StopWords;
import org.rnn4j.text.TextCleaner;
import org.rnn4j.text.Tokenizer;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Overlap;
import org.rnn4j.text.data.Split;

/** What is worth knowing before a training begins, in a line each. */
final class TrainingNotes {
  /** With fewer steps a network has hardly moved from where it began. */
  private static final long FEW_STEPS = 200;

  private static final int NAMED_ROWS = 3;

  private TrainingNotes() {}

  /** Says them. */
  static void say(Design design, Path file, LabelledTexts read, Split split, Console console) {
    Overlap overlap = split.overlap();
    if (!overlap.isEmpty()) {
      console.say("Note: " + overlap);
    }
    List<Integer> empty = withoutTokens(design, read);
    if (!empty.isEmpty()) {
      console.say("Note: " + describe(empty, file));
    }
    sayIfFewSteps(design, split.train().size(), console);
  }

  /** Says so where a training on a number of texts is a short one. */
  static void sayIfFewSteps(Design design, int texts, Console console) {
    long steps = steps(design, texts);
    if (steps < FEW_STEPS) {
      console.say(
          "Note: a training of "
              + steps
              + (steps == 1 ? " step" : " steps")
              + " in all learns little; a smaller --batch-size or more --epochs give it more");
    }
  }

  /** The places of texts that cleaning, tokenising and stop words leave nothing of, from 1. */
  private static List<Integer> withoutTokens(Design design, LabelledTexts texts) {
    TextCleaner cleaner = design.get(TextSettings.CLEANING);
    Tokenizer tokenizer = design.get(TextSettings.TOKENIZER);
    StopWords stopWords = design.get(TextSettings.STOP_WORDS);
    List<Integer> empty = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<String> tokens = tokenizer.tokenize(cleaner.clean(texts.get(i).text()));
      if (stopWords.removeFrom(tokens).isEmpty()) {
        empty.add(i + 1);
      }
    }
    return empty;
  }

  private static String describe(List<Integer> empty, Path file) {
    String named =
        empty.stream().limit(NAMED_ROWS).map(String::valueOf).collect(Collectors.joining(", "));
    return Tables.count(empty.size())
        + (empty.size() == 1 ? " text of " : " texts of ")
        + file
        + (empty.size() == 1 ? " has" : " have")
        + " no token left to read: number "
        + named
        + (empty.size() > NAMED_ROWS ? ", …" : "");
  }

  /** How often the weights will be changed. */
  private static long steps(Design design, int texts) {
    int batches = new Batcher(design.get(TrainingSettings.BATCH_SIZE)).batches(texts);
    int perStep = design.get(TrainingSettings.BATCHES_PER_STEP);
    long stepsAnEpoch = ((long) batches + perStep - 1) / perStep;
    return stepsAnEpoch * design.get(TrainingSettings.EPOCHS);
  }
}
