package org.rnn4j.bench.accuracy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rnn4j.examples.design.Design;
import org.rnn4j.sequence.Example;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;
import org.rnn4j.text.data.TsvReader;

/**
 * Texts in two parts, and as both networks read them.
 *
 * @param split what is learnt, and what is validated on
 * @param pipeline from text to ids, fitted on what is learnt
 * @param train what is learnt, as ids
 * @param validation what is validated on, as ids
 */
record Texts(Split split, TextPipeline pipeline, List<Example> train, List<Example> validation) {
  /**
   * Reads texts and splits them as {@code examples/sentiment train} does.
   *
   * @throws org.rnn4j.text.data.DataException if they cannot be used
   */
  static Texts read(Options options) {
    LabelledTexts all = new TsvReader().read(options.data());
    @Nullable Path groups = options.groups;
    if (groups != null) {
      all = TsvReader.withGroups(all, groups, options.groupColumn);
    }
    LabelledTexts texts =
        all.select(IntStream.range(0, Math.min(options.limit, all.size())).toArray());
    Split split =
        groups == null
            ? Split.stratified(texts, options.validation, 0, options.splitSeed)
            : Split.grouped(texts, options.validation, 0, options.splitSeed);
    return of(split, options.design());
  }

  /** Reads a split as a design says. */
  static Texts of(Split split, Design design) {
    TextPipeline pipeline = design.pipeline().fit(split.train().texts());
    return new Texts(
        split, pipeline, examples(split.train(), pipeline), examples(split.validation(), pipeline));
  }

  private static List<Example> examples(LabelledTexts texts, TextPipeline pipeline) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      examples.add(new Example(pipeline.encode(texts.get(i).text()), texts.labelNumber(i)));
    }
    return examples;
  }

  /** The names of the classes. */
  List<String> labels() {
    return split.train().labels();
  }

  /** The classes of what is validated on. */
  int[] validationLabels() {
    return validation.stream().mapToInt(Example::label).toArray();
  }

  /** Tokens of an epoch. */
  long tokens() {
    return train.stream().mapToLong(example -> example.ids().length).sum();
  }
}
