package org.rnn4j.examples.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.examples.chart.PictureCases;
import org.rnn4j.examples.chart.SearchScore;
import org.rnn4j.examples.chart.SearchTrial;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.text.Token;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.explain.Explanation;
import org.rnn4j.text.explain.TokenWeight;
import org.rnn4j.text.explain.TokenWeight.Reading;

/** Reports with everything that there can be in one, and with next to nothing. */
public final class ReportCases {
  /** A word without a place to break it. */
  static final String UNBROKEN = "so" + "o".repeat(400) + "good";

  /** What would be seen if texts were taken for HTML. */
  static final String MARKUP =
      "<img src=\"http://example.org/x.png\" onerror=\"alert(1)\"> & </td>";

  private ReportCases() {}

  /** A report with every section, every picture and awkward texts. */
  public static Report full() {
    Map<String, Picture> pictures = PictureCases.all();
    List<Section> sections = new ArrayList<>();
    sections.add(
        Sections.setting(
            "A GRU and an LSTM are trained on the same texts.", Map.of("twitter-gru", settings())));
    sections.add(
        Sections.data(
            ordered("texts", "25,000", "file", "a-folder/" + UNBROKEN + ".tsv.gz"),
            List.of(pictures.get("lengths"), pictures.get("classes"))));
    sections.add(Sections.pictures("Learning curves", List.of(pictures.get("curves"))));
    sections.add(
        Sections.measures(
            Map.of(
                "twitter-gru",
                List.of(
                    Measure.share("accuracy", 0.8771, 0.8729, 0.8811),
                    Measure.share("recall of neutral", Double.NaN, Double.NaN, Double.NaN),
                    Measure.number("log loss", 0.29871))),
            0.95));
    sections.add(
        new Section(
            "Beside others",
            List.of(
                new Block.Table(
                    "twitter-gru beside others, on the same texts",
                    List.of("classifier", ">accuracy", ">interval", ">only twitter-gru right"),
                    List.of(
                        List.of("twitter-gru", "87.7 %", "87.3 % to 88.1 %", ""),
                        List.of("NB-SVM", "90.7 %", "90.0 % to 91.4 %", "400"))),
                new Block.Paragraph(
                    "twitter-gru is beaten by NB-SVM: accuracy " + UNBROKEN + "."))));
    sections.add(
        Sections.pictures(
            "Confusion matrix",
            List.of(pictures.get("confusion-two"), pictures.get("confusion-twenty"))));
    sections.add(
        Sections.pictures(
            "Judgements at every threshold",
            List.of(
                pictures.get("roc-two"),
                pictures.get("precision-recall"),
                pictures.get("calibration"))));
    sections.add(
        Sections.search(
            trials(),
            new SearchScore("accuracy", true, true),
            "epochs",
            "The best of 3 trials gains 0.4 points over the default.",
            List.of(
                pictures.get("search-settings"),
                pictures.get("search-parallel"),
                pictures.get("search-progress")),
            10));
    sections.add(Sections.examples(judged()));
    sections.add(
        Sections.mistakes(
            List.of(
                new Sections.Mistake("not bad " + MARKUP, "positive", "negative", 0.7),
                new Sections.Mistake(UNBROKEN, "negative", "positive", 0.993),
                new Sections.Mistake("long ".repeat(300), "negative", "positive", 0.8)),
            25_000,
            2));
    sections.add(
        Sections.reproduction(
            "examples/sentiment study twitter-gru --data " + UNBROKEN + " --out report",
            ordered("seed", "1", "Java", "17.0.15", "digest of the data", "0f".repeat(32))));
    sections.add(Sections.notes(List.of("A note with " + MARKUP)));
    return new Report("Study twitter-gru " + MARKUP, "The GRU is right in 87.7 %.", sections);
  }

  /** A report of which nothing is known but its name. */
  public static Report least() {
    return new Report(
        "Nothing", "", List.of(Sections.notes(List.of()), Sections.mistakes(List.of(), 0, 5)));
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < 30; i++) {
      settings.put("setting-number-" + i, i == 7 ? UNBROKEN : "value " + i);
    }
    return settings;
  }

  private static List<SearchTrial> trials() {
    return List.of(
        new SearchTrial(1, Map.of("learning-rate", 0.001), 0.871, 5),
        new SearchTrial(2, Map.of("learning-rate", 0.01), Double.NaN, 1),
        new SearchTrial(3, Map.of("learning-rate", 0.003), 0.875, 5));
  }

  private static Map<String, Explanation> judged() {
    Map<String, Explanation> judged = new LinkedHashMap<>();
    String text = "not " + UNBROKEN + " " + MARKUP + " so";
    int markup = text.indexOf(MARKUP);
    judged.put(
        "negative, 0.93",
        explanation(
            text,
            Explanation.Method.OCCLUSION,
            token(text, 0, 3, Reading.KNOWN, 0.4),
            token(text, 4, markup - 1, Reading.UNKNOWN, -0.2),
            token(text, markup, markup + MARKUP.length(), Reading.KNOWN, 0.1),
            token(text, text.length() - 2, text.length(), Reading.CUT_OFF, 0)));
    judged.put("positive, 0.51", explanation("", Explanation.Method.ATTENTION));
    return judged;
  }

  private static TokenWeight token(
      String text, int start, int end, Reading reading, double weight) {
    Token token = new Token(text.substring(start, end), start, end);
    return new TokenWeight(token, reading, weight, List.of());
  }

  private static Explanation explanation(
      String text, Explanation.Method method, TokenWeight... tokens) {
    Prediction prediction =
        new Prediction("negative", 0.93, Map.of("negative", 0.93), tokens.length, 0);
    return new Explanation(text, prediction, method, List.of(tokens));
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
