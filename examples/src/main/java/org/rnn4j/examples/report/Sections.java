package org.rnn4j.examples.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.rnn4j.examples.chart.Digits;
import org.rnn4j.examples.chart.SearchScore;
import org.rnn4j.examples.chart.SearchTrial;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.text.explain.Explanation;

/**
 * The sections of a study's report, each from plain numbers, texts and pictures. What there is not
 * makes an empty section, which a report leaves out.
 */
public final class Sections {
  private static final int LONGEST_TEXT = 600;

  private Sections() {}

  /** What was set, as one table for each thing that has settings, by its name. */
  public static Section setting(String what, Map<String, Map<String, String>> settings) {
    List<Block> blocks = new ArrayList<>();
    if (!what.isEmpty()) {
      blocks.add(new Block.Paragraph(what));
    }
    settings.forEach(
        (name, values) -> blocks.add(pairs("Settings of " + name, "setting", "value", values)));
    return new Section("Setting", blocks);
  }

  /** What the data are: numbers by name, and pictures of lengths and classes. */
  public static Section data(Map<String, String> facts, List<Picture> pictures) {
    List<Block> blocks = new ArrayList<>();
    if (!facts.isEmpty()) {
      blocks.add(pairs("Data", "what", "value", facts));
    }
    pictures.forEach(picture -> blocks.add(new Block.Figure(picture)));
    return new Section("Data", blocks);
  }

  /** Pictures under a heading. */
  public static Section pictures(String heading, List<Picture> pictures) {
    return new Section(
        heading, pictures.stream().<Block>map(picture -> new Block.Figure(picture)).toList());
  }

  /**
   * How well models judge, with intervals.
   *
   * @param models the measures of each model, by its name
   * @param level the confidence of the intervals, 0.95 for instance
   */
  public static Section measures(Map<String, List<Measure>> models, double level) {
    List<Block> blocks = new ArrayList<>();
    models.forEach(
        (model, measures) ->
            blocks.add(
                new Block.Table(
                    "Measures of " + model,
                    List.of("measure", ">value", ">" + Digits.percent(level, 0) + " interval"),
                    measures.stream()
                        .map(
                            measure ->
                                List.of(measure.name(), measure.written(), measure.interval()))
                        .toList())));
    return new Section("Measures", blocks);
  }

  /**
   * What a search tried, the best first.
   *
   * @param most rows of the table
   */
  public static Section search(
      List<SearchTrial> trials,
      SearchScore score,
      String unit,
      String found,
      List<Picture> pictures,
      int most) {
    List<Block> blocks = new ArrayList<>();
    if (trials.isEmpty()) {
      return new Section("Search", blocks);
    }
    blocks.add(new Block.Paragraph(found));
    Comparator<SearchTrial> better =
        (a, b) ->
            score.isBetter(a.score(), b.score())
                ? -1
                : score.isBetter(b.score(), a.score()) ? 1 : 0;
    List<List<String>> rows =
        trials.stream()
            .filter(trial -> Double.isFinite(trial.score()))
            .sorted(better)
            .limit(most)
            .map(
                trial ->
                    List.of(
                        String.valueOf(trial.number()),
                        score.write(trial.score()),
                        Digits.significant(trial.cost(), 4),
                        settings(trial)))
            .toList();
    blocks.add(
        new Block.Table(
            "The best trials",
            List.of(">trial", ">" + score.name(), ">" + unit, "settings"),
            rows));
    pictures.forEach(picture -> blocks.add(new Block.Figure(picture)));
    return new Section("Search", blocks);
  }

  private static String settings(SearchTrial trial) {
    List<String> settings = new ArrayList<>();
    trial
        .settings()
        .forEach(
            (name, value) ->
                settings.add(
                    name
                        + " "
                        + (value instanceof Double number
                            ? Digits.significant(number, 3)
                            : String.valueOf(value))));
    return String.join(", ", settings);
  }

  /** Judgements of some texts, with the weight of each word. */
  public static Section examples(Map<String, Explanation> judged) {
    List<Block> blocks = new ArrayList<>();
    judged.values().stream()
        .map(Explanation::method)
        .distinct()
        .forEach(method -> blocks.add(new Block.Legend(method)));
    judged.forEach((title, explanation) -> blocks.add(new Block.Words(title, explanation)));
    return new Section("Examples", blocks);
  }

  /**
   * A text that was judged wrongly.
   *
   * @param text the text
   * @param actual what it is
   * @param predicted what was said
   * @param probability how certain that was
   */
  public record Mistake(String text, String actual, String predicted, double probability) {}

  /**
   * The most certain mistakes first.
   *
   * @param of how many texts were judged
   * @param most rows of the table
   */
  public static Section mistakes(List<Mistake> mistakes, long of, int most) {
    if (mistakes.isEmpty()) {
      return new Section("Mistakes", List.of());
    }
    List<List<String>> rows =
        mistakes.stream()
            .sorted(Comparator.comparingDouble(Mistake::probability).reversed())
            .limit(most)
            .map(
                mistake ->
                    List.of(
                        mistake.actual(),
                        mistake.predicted(),
                        Digits.percent(mistake.probability(), 1),
                        shortened(mistake.text())))
            .toList();
    return new Section(
        "Mistakes",
        List.of(
            new Block.Paragraph(
                Digits.count(mistakes.size())
                    + " of "
                    + Digits.count(of)
                    + " texts were judged wrongly. Those that the model was most certain of come"
                    + " first."),
            new Block.Table(
                "The most certain mistakes",
                List.of("is", "was judged", ">certainty", "text"),
                rows)));
  }

  /** How to get the same again: the command, and what it hangs on. */
  public static Section reproduction(String command, Map<String, String> facts) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Code(command));
    if (!facts.isEmpty()) {
      blocks.add(pairs("What it was run with", "what", "value", facts));
    }
    return new Section("How to reproduce", blocks);
  }

  /** Whatever else is to be said. */
  public static Section notes(List<String> notes) {
    return new Section(
        "Notes", notes.stream().<Block>map(note -> new Block.Paragraph(note)).toList());
  }

  private static Block.Table pairs(
      String caption, String name, String value, Map<String, String> pairs) {
    return new Block.Table(
        caption,
        List.of(name, value),
        pairs.entrySet().stream().map(entry -> List.of(entry.getKey(), entry.getValue())).toList());
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= LONGEST_TEXT) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)).stripTrailing() + " …";
  }
}
