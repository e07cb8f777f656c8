package org.rnn4j.examples.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.rnn4j.examples.draw.Picture;
import org.rnn4j.examples.draw.Point;
import org.rnn4j.examples.draw.Shade;
import org.rnn4j.tensor.RandomStream;

/** Pictures of everything there is to draw, of common and of awkward data. */
public final class PictureCases {
  private static final Map<String, SettingRange> RANGES =
      Map.of("learning-rate", SettingRange.LOGARITHMIC, "value-dropout", SettingRange.LINEAR);
  private static final SearchScore ACCURACY = new SearchScore("accuracy", true, true);
  private static final SearchScore LOSS = new SearchScore("log loss", false, false);
  private static final List<String> LONG_NAMES =
      IntStream.range(0, 20)
          .mapToObj(i -> "class " + i + " with quite a long name that goes on and on")
          .toList();

  private PictureCases() {}

  /** All pictures, by a name that can be a file's. */
  public static Map<String, Picture> all() {
    Map<String, Picture> pictures = new LinkedHashMap<>();
    addCurves(pictures);
    addConfusions(pictures);
    addJudgements(pictures);
    addSearches(pictures);
    addData(pictures);
    addWords(pictures);
    return pictures;
  }

  private static void addCurves(Map<String, Picture> pictures) {
    pictures.put(
        "curves",
        LearningCurves.picture(
            List.of(curve("twitter-gru", 12, 1.0, 6), curve("twitter-lstm", 12, 0.7, 9))));
    pictures.put(
        "curves-one-epoch",
        LearningCurves.picture(
            List.of(
                new LearningCurves.Curve(
                    "twitter-gru", List.of(0.7), List.of(), List.of(0.5), List.of(), 0))));
    pictures.put("curves-many-epochs", LearningCurves.picture(List.of(curve("a", 300, 0.03, 280))));
    pictures.put(
        "curves-flat-and-not-finite",
        LearningCurves.picture(
            List.of(
                new LearningCurves.Curve(
                    "a model whose name is longer than anyone would want it to be, and then some",
                    List.of(0.5, 0.5, Double.NaN, 0.5),
                    List.of(0.5, Double.POSITIVE_INFINITY, 0.5, 0.5),
                    List.of(1.0, 1.0, 1.0, 1.0),
                    List.of(1.0, 1.0, 1.0, 1.0),
                    2))));
    pictures.put(
        "curves-no-epoch",
        LearningCurves.picture(
            List.of(
                new LearningCurves.Curve(
                    "interrupted", List.of(), List.of(), List.of(), List.of(), 0))));
    List<LearningCurves.Curve> seven = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seven.add(curve("configuration " + (i + 1), 10, 0.4 + 0.1 * i, 10 - i));
    }
    pictures.put("curves-seven-models", LearningCurves.picture(seven));
  }

  private static void addConfusions(Map<String, Picture> pictures) {
    pictures.put(
        "confusion-two",
        ConfusionPicture.of(
            List.of("negative", "positive"), new long[][] {{1_093, 157}, {162, 1_088}}));
    pictures.put(
        "confusion-absent",
        ConfusionPicture.of(
            List.of("negative", "neutral", "positive"),
            new long[][] {{80, 0, 12}, {0, 0, 0}, {7, 0, 91}}));
    pictures.put("confusion-twenty", ConfusionPicture.of(LONG_NAMES, square(20, 1)));
    pictures.put("confusion-twenty-large", ConfusionPicture.of(LONG_NAMES, square(20, 4_321)));
  }

  private static long[][] square(int size, long factor) {
    long[][] counts = new long[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        counts[i][j] = factor * (i == j ? 50 : (i * j) % 7);
      }
    }
    return counts;
  }

  private static void addJudgements(Map<String, Picture> pictures) {
    List<JudgementCurves.Curve> two =
        List.of(roc("GRU with attention", 0.2), roc("NB-SVM on words and word pairs", 0.3));
    pictures.put("roc-two", JudgementCurves.roc(two));
    pictures.put(
        "roc-absent",
        JudgementCurves.roc(List.of(new JudgementCurves.Curve("neutral", List.of(), Double.NaN))));
    List<JudgementCurves.Curve> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(roc(LONG_NAMES.get(i), 0.05 + 0.04 * i));
    }
    pictures.put("roc-twenty", JudgementCurves.roc(many));
    pictures.put(
        "precision-recall",
        JudgementCurves.precisionRecall(
            List.of(falling("GRU with attention", 3), falling("NB-SVM", 2))));
    pictures.put(
        "precision-recall-absent",
        JudgementCurves.precisionRecall(
            List.of(
                falling("positive", 3),
                new JudgementCurves.Curve("neutral", List.of(), Double.NaN))));
    List<CalibrationPicture.Bin> bins = new ArrayList<>();
    for (int i = 5; i < 10; i++) {
      double lower = i / 10.0;
      bins.add(
          new CalibrationPicture.Bin(
              lower, lower + 0.1, 40L * i * i, lower + 0.06, lower + 0.08 - 0.01 * i));
    }
    pictures.put("calibration", CalibrationPicture.of(bins, 0.0213));
    pictures.put(
        "calibration-one-bin",
        CalibrationPicture.of(
            List.of(new CalibrationPicture.Bin(0.9, 1, 1_250_000, 0.99, 1)), 0.01));
    pictures.put("calibration-empty", CalibrationPicture.of(List.of(), Double.NaN));
  }

  private static JudgementCurves.Curve roc(String name, double power) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i <= 3_000; i++) {
      double x = i / 3_000.0;
      points.add(new Point(x, StrictMath.pow(x, power)));
    }
    return new JudgementCurves.Curve(name, points, 1 / (power + 1));
  }

  private static JudgementCurves.Curve falling(String name, double power) {
    List<Point> points = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      double x = i / 200.0;
      points.add(new Point(x, 1 - 0.5 * StrictMath.pow(x, power) - (i % 7 == 0 ? 0.01 : 0)));
    }
    return new JudgementCurves.Curve(name, points, 1 - 0.5 / (power + 1));
  }

  private static void addSearches(Map<String, Picture> pictures) {
    put(pictures, "search", trials(20, 8, false), ACCURACY);
    put(pictures, "search-large", trials(120, 15, false), ACCURACY);
    put(pictures, "search-equal", trials(6, 3, true), LOSS);
    put(pictures, "search-one", trials(1, 2, true), ACCURACY);
    put(
        pictures,
        "search-failed",
        List.of(new SearchTrial(1, Map.of("cell", "lstm"), Double.NaN, 0)),
        LOSS);
    put(pictures, "search-empty", List.of(), ACCURACY);
  }

  private static void put(
      Map<String, Picture> pictures, String name, List<SearchTrial> trials, SearchScore score) {
    pictures.put(name + "-settings", SearchPictures.settings(trials, score, RANGES));
    pictures.put(name + "-parallel", SearchPictures.parallel(trials, score, RANGES));
    pictures.put(name + "-progress", SearchPictures.progress(trials, score, "epochs"));
  }

  private static List<SearchTrial> trials(int count, int settings, boolean equal) {
    RandomStream random = new RandomStream(7);
    List<SearchTrial> trials = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Map<String, Object> chosen = new LinkedHashMap<>();
      chosen.put("embedding-size", List.of(32, 64, 96, 128).get(random.nextInt(4)));
      chosen.put("layers", List.of("128,32,32", "64", "96,48,48").get(random.nextInt(3)));
      chosen.put("learning-rate", StrictMath.pow(10, -4 + 2.5 * random.nextDouble()));
      chosen.put("value-dropout", 0.6 * random.nextDouble());
      chosen.put("batch-size", List.of(16, 32, 64).get(random.nextInt(3)));
      chosen.put("max-words", 2_000 + random.nextInt(30_000));
      chosen.put("pooling", List.of("last", "mean", "attention").get(random.nextInt(3)));
      if (i % 3 == 0) {
        chosen.put("attention-size-of-the-hidden-layer", 16 + random.nextInt(200));
      }
      for (int more = chosen.size(); more < settings; more++) {
        chosen.put("another-setting-" + more, random.nextDouble() * more);
      }
      chosen.keySet().retainAll(new ArrayList<>(chosen.keySet()).subList(0, settings));
      double score = equal ? 0.5 : 0.7 + 0.2 * random.nextDouble();
      trials.add(new SearchTrial(i, chosen, i % 9 == 4 ? Double.NaN : score, 1 + i % 4));
    }
    return trials;
  }

  private static void addData(Map<String, Picture> pictures) {
    RandomStream random = new RandomStream(3);
    int[] lengths = new int[22_500];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = (int) (20 + 180 * -StrictMath.log(1 - random.nextDouble()));
    }
    pictures.put("lengths", DataPictures.lengths(lengths, 1_000));
    pictures.put("lengths-one", DataPictures.lengths(new int[] {7}, 0));
    pictures.put("lengths-empty", DataPictures.lengths(new int[0], 64));
    pictures.put("lengths-zero", DataPictures.lengths(new int[] {0, 0, 0}, 10));
    Map<String, long[]> two = new LinkedHashMap<>();
    two.put("training", new long[] {11_250, 11_250});
    two.put("validation", new long[] {1_250, 1_250});
    two.put("test", new long[] {12_500, 0});
    pictures.put("classes", DataPictures.classes(List.of("negative", "positive"), two));
    long[] many = IntStream.range(0, 20).mapToLong(i -> 1_000_000L / (i + 1)).toArray();
    Map<String, long[]> parts = new LinkedHashMap<>();
    parts.put("training", many);
    parts.put("test", new long[20]);
    pictures.put("classes-twenty", DataPictures.classes(LONG_NAMES, parts));
    pictures.put("classes-empty", DataPictures.classes(List.of(), Map.of()));
  }

  private static void addWords(Map<String, Picture> pictures) {
    String text =
        "Although the acting was wonderful , the story was dull and I would not recommend it to"
            + " anyone who <loves> good films & music ;"
            + " a.very-long.address.example/with?many=parts&no=blanks-that-would-be-wider-than-the-picture-if-nobody-cut-it-somewhere-in-the-middle"
            + " 好きな映画 😀";
    List<WordPicture.Word> signed = new ArrayList<>();
    List<WordPicture.Word> attention = new ArrayList<>();
    RandomStream random = new RandomStream(5);
    for (String word : text.split(" ")) {
      signed.add(word(word, 2 * random.nextDouble() - 0.8, random.nextDouble() < 0.9));
      double weight = random.nextDouble();
      attention.add(word(word, weight * weight, true));
    }
    String described = "Words with the greatest weights: dull 0.9.";
    pictures.put("words-occlusion", WordPicture.of("negative 93.0 %", signed, true, described));
    pictures.put("words-attention", WordPicture.of("negative 93.0 %", attention, false, described));
    pictures.put(
        "words-equal",
        WordPicture.of("positive 51.0 %", List.of(word("good", 0, true)), true, described));
    pictures.put("words-none", WordPicture.of("positive 51.0 %", List.of(), true, "No words."));
  }

  private static WordPicture.Word word(String word, double weight, boolean read) {
    return new WordPicture.Word(word, Shade.of(weight), read);
  }

  private static LearningCurves.Curve curve(String name, int epochs, double speed, int best) {
    return new LearningCurves.Curve(
        name,
        values(epochs, i -> 0.7 / (1 + StrictMath.exp(speed * (i - 3)))),
        values(epochs, i -> 0.06 + 0.01 * speed * i + 0.6 / (1 + StrictMath.exp(speed * (i - 2)))),
        values(epochs, i -> 1 - 0.5 / (1 + StrictMath.exp(speed * (i - 3)))),
        values(epochs, i -> 0.95 - 0.5 / (1 + StrictMath.exp(speed * (i - 2.8)))),
        best);
  }

  private static List<Double> values(int count, IntToDoubleFunction value) {
    return Collections.unmodifiableList(
        IntStream.range(0, count).mapToDouble(value::applyAsDouble).boxed().toList());
  }
}
