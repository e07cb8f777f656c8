package org.rnn4j.text.tune;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.rnn4j.tensor.RandomStream;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.data.Fold;
import org.rnn4j.text.data.Folds;
import org.rnn4j.text.data.LabelledText;
import org.rnn4j.text.data.LabelledTexts;
import org.rnn4j.text.data.Split;
import org.rnn4j.tune.Objective;
import org.rnn4j.tune.Search;
import org.rnn4j.tune.SearchResult;
import org.rnn4j.tune.Trial;

/**
 * Searches for the hyper-parameters of a text classifier by cross-validation.
 *
 * <pre>{@code
 * TextSearch tuning = TextSearch.of(Folds.stratified(5), (configuration, train, epochs, seed) ->
 *     TextClassifier.builder()
 *         .network(words -> Sequential.builder(seed)
 *             .embedding(words, configuration.whole("embedding"))
 *             .gru(configuration.whole("units")).lastState().dense(2, Activation.SOFTMAX).build())
 *         .training(trainer -> trainer.epochs(epochs).threads(1)));
 * SearchResult result = tuning.run(Search.over(space).method(Bayesian.of(20)).budget(5), texts, 1);
 * tuning.retrain(result.best(), texts, 1).classifier().save(file);
 * }</pre>
 *
 * <p>For every fold the whole classifier is made anew from the fold's training part: words,
 * weights, everything. Nothing of what a fold holds out is known before it is scored.
 *
 * <p>To know how good the winner is, as opposed to which is best, use {@link #nested}: the scores
 * of a search are those by which its winner was chosen, and therefore too high.
 *
 * @param folds how texts are parted
 * @param model what a configuration means
 * @param score what is to be large; the accuracy unless told
 * @param subject what the model depends on beside configuration and texts, and what a score of
 *     one's own is, in words; part of what a journal is told of
 * @param parts how many parts of its training texts a fold learns from with the whole budget, see
 *     {@link #budgetOfTexts}; 0 where a budget is anything else
 */
public record TextSearch(Folds folds, TextModel model, TextScore score, String subject, int parts) {

  /**
   * Checks the number of parts.
   *
   * @throws IllegalArgumentException if it is below 0
   */
  public TextSearch {
    if (parts < 0) {
      throw new IllegalArgumentException("Expected 0 parts of the texts or more, got " + parts);
    }
  }

  /** A search for the highest accuracy. */
  public static TextSearch of(Folds folds, TextModel model) {
    return new TextSearch(folds, model, TextScore.ACCURACY, "", 0);
  }

  /** The same with another score. */
  public TextSearch score(TextScore score) {
    return new TextSearch(folds, model, score, subject, parts);
  }

  /** The same, said to depend on more. */
  public TextSearch subject(String subject) {
    return new TextSearch(folds, model, score, subject, parts);
  }

  /**
   * The same with texts as the budget, for methods that begin with little of it: with a budget of b
   * a fold learns from b of so many equal parts of its training texts, drawn at random with the
   * classes of the whole, or by whole groups where the folds are grouped. What is held out is
   * scored as a whole. The model is told the budget, and has no need of it.
   *
   * <pre>{@code
   * tuning.budgetOfTexts(9).run(Search.over(space).method(Halving.of(27, 1)), texts, 1);
   * }</pre>
   *
   * <p>tries 27 configurations on a ninth of the texts, the best 9 on a third, the best 3 on all.
   *
   * @throws IllegalArgumentException if there is no part
   */
  public TextSearch budgetOfTexts(int parts) {
    if (parts < 1) {
      throw new IllegalArgumentException("Expected 1 part of the texts or more, got " + parts);
    }
    return new TextSearch(folds, model, score, subject, parts);
  }

  /**
   * Searches.
   *
   * @param search space, method, budget, threads, journal; folds, seed and subject are set here,
   *     and the budget where it is one of texts
   * @param texts the texts to learn from and be judged by, fold by fold
   * @param seed for the folds, the choice of configurations and all trainings
   * @throws org.rnn4j.text.data.DataException if the texts cannot be parted so, before any work is
   *     done
   * @throws IllegalArgumentException as {@link Search#run(Objective)}
   * @throws org.rnn4j.tune.JournalException as {@link Search#run(Objective)}
   * @throws InterruptedException if the thread was interrupted; what has ended is in the journal
   */
  public SearchResult run(Search search, LabelledTexts texts, long seed)
      throws InterruptedException {
    List<Fold> parted = folds.of(texts, seed);
    if (parts > 0) {
      search.budget(parts);
    }
    return search.folds(parted.size()).seed(seed).subject(describe(texts)).run(objective(parted));
  }

  private Objective objective(List<Fold> parted) {
    return (configuration, fold, budget, seed) -> {
      LabelledTexts train = affordable(parted.get(fold).train(), budget, seed);
      TextClassifier classifier =
          model.classifier(configuration, train, budget, seed).fit(train).classifier();
      return score.score(classifier, parted.get(fold).heldOut());
    };
  }

  /** What a budget buys of the texts. */
  private LabelledTexts affordable(LabelledTexts train, int budget, long seed) {
    if (parts == 0 || budget == parts) {
      return train;
    }
    double left = 1 - (double) budget / parts;
    Split split =
        folds.grouped()
            ? Split.grouped(train, left, 0, seed)
            : Split.stratified(train, left, 0, seed);
    return split.train();
  }

  /** Trains the configuration of a trial on all texts, with the budget that it had. */
  public TextClassifier.Trained retrain(Trial trial, LabelledTexts texts, long seed) {
    return model.classifier(trial.configuration(), texts, trial.budget(), seed).fit(texts);
  }

  /**
   * One outer fold of a nested search.
   *
   * @param fold the outer fold
   * @param search the search on the fold's training part alone
   * @param score the score, on what the fold holds out, of the winner trained on all of the
   *     training part
   */
  public record Outer(Fold fold, SearchResult search, double score) {}

  /**
   * Judges the search itself: on the training part of each outer fold it searches anew, trains the
   * winner, and scores it on what no part of the search has seen. The mean of these scores is an
   * honest estimate for the winner of {@link #run} on all texts.
   *
   * @param outer how texts are parted first; the folds of this search part each training part
   * @param searches a search for each outer fold, each with a journal of its own if any
   * @throws org.rnn4j.text.data.DataException if the texts cannot be parted so, before any work is
   *     done
   * @throws IllegalArgumentException as {@link Search#run(Objective)}
   * @throws org.rnn4j.tune.JournalException as {@link Search#run(Objective)}
   * @throws IllegalStateException if all trials of a search failed
   * @throws InterruptedException if the thread was interrupted
   */
  public List<Outer> nested(
      Folds outer, IntFunction<Search> searches, LabelledTexts texts, long seed)
      throws InterruptedException {
    List<Fold> parted = outer.of(texts, seed);
    RandomStream seeds = new RandomStream(seed).derive("outer");
    for (int i = 0; i < parted.size(); i++) {
      folds.of(parted.get(i).train(), seeds.derive(i).seed());
    }
    List<Outer> results = new ArrayList<>();
    for (int i = 0; i < parted.size(); i++) {
      Fold fold = parted.get(i);
      long own = seeds.derive(i).seed();
      SearchResult result = run(searches.apply(i), fold.train(), own);
      TextClassifier winner = retrain(result.best(), fold.train(), own).classifier();
      results.add(new Outer(fold, result, score.score(winner, fold.heldOut())));
    }
    return List.copyOf(results);
  }

  /** The folds, a digest of all texts, the score, and what the caller says. */
  private String describe(LabelledTexts texts) {
    MessageDigest digest = sha256();
    texts.labels().forEach(label -> add(digest, label));
    for (LabelledText text : texts) {
      add(digest, text.text());
      add(digest, text.label());
      add(digest, Objects.requireNonNullElse(text.group(), ""));
    }
    String plan = (folds.grouped() ? "grouped" : "stratified") + " folds";
    return texts.size()
        + " texts "
        + HexFormat.of().formatHex(digest.digest(), 0, 8)
        + ", "
        + folds.count()
        + " "
        + plan
        + (folds.repeats() > 1 ? ", " + folds.repeats() + " repeats" : "")
        + ", "
        + scored()
        + (parts > 0 ? ", budget of " + parts + " parts of the texts" : "")
        + (subject.isEmpty() ? "" : "; " + subject);
  }

  /** What is large; of scores that are not of this library only that they are not. */
  private String scored() {
    if (score == TextScore.ACCURACY) {
      return "accuracy";
    }
    return score == TextScore.NEGATIVE_LOSS ? "negative loss" : "another score";
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // Lengths keep "ab", "c" from being the same as "a", "bc".
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (bytes.length >>> shift));
    }
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
