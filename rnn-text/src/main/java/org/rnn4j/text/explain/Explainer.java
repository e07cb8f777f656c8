package org.rnn4j.text.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.rnn4j.layer.Sequential;
import org.rnn4j.sequence.Sequences;
import org.rnn4j.tensor.Tensor;
import org.rnn4j.text.TextPipeline;
import org.rnn4j.text.Token;
import org.rnn4j.text.Vocabulary;
import org.rnn4j.text.classify.Prediction;
import org.rnn4j.text.classify.TextClassifier;
import org.rnn4j.text.explain.Explanation.Method;
import org.rnn4j.text.explain.TokenWeight.Reading;

/**
 * Shows what a classifier's prediction of a text hangs on.
 *
 * <pre>{@code
 * Explanation explanation = Explainer.of(classifier).explain("Not bad at all!");
 * for (TokenWeight token : explanation.strongest(3)) {
 *   System.out.println(token.token().text() + " " + token.weight());
 * }
 * }</pre>
 *
 * <p>What the weights say, and what they do not, stands at {@link Method}. The same text and
 * classifier give the same weights, bit for bit. Any number of threads may ask at once while none
 * trains the network.
 */
public final class Explainer {
  /** A batch is closed when it has this many tokens, so that long texts need no more memory. */
  private static final int BATCH_TOKENS = 1 << 15;

  private final TextClassifier classifier;
  private final Method method;

  private Explainer(TextClassifier classifier, Method method) {
    this.classifier = Objects.requireNonNull(classifier, "classifier");
    this.method = method;
  }

  /** Explains by attention where the classifier's network attends, otherwise by occlusion. */
  public static Explainer of(TextClassifier classifier) {
    return classifier.model().attends() ? byAttention(classifier) : byOcclusion(classifier);
  }

  /**
   * Explains by the weights of the network's attention.
   *
   * @throws IllegalArgumentException if no layer of the network attends
   */
  public static Explainer byAttention(TextClassifier classifier) {
    if (!classifier.model().attends()) {
      throw new IllegalArgumentException(
          "Expected a network with attention to explain by it, got one of the layers "
              + String.join(", ", classifier.model().layers().keySet())
              + "; occlusion explains any network");
    }
    return new Explainer(classifier, Method.ATTENTION);
  }

  /**
   * Explains by leaving out one token after the other, with any network. A text of n tokens is read
   * n times, in batches, so the cost grows with n².
   */
  public static Explainer byOcclusion(TextClassifier classifier) {
    return new Explainer(classifier, Method.OCCLUSION);
  }

  /** Where the weights come from. */
  public Method method() {
    return method;
  }

  /** Predicts a text and weighs its tokens. Any text is accepted; an empty one has no tokens. */
  public Explanation explain(String text) {
    Prediction prediction = classifier.predict(text);
    List<Token> tokens = classifier.pipeline().locate(text);
    Reading[] readings = new Reading[tokens.size()];
    int[] read = read(tokens, readings);
    int[] ids = new int[read.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = classifier.pipeline().vocabulary().id(tokens.get(read[i]).text());
    }
    List<List<Double>> hops = new ArrayList<>(Collections.nCopies(tokens.size(), List.of()));
    double[] weights = new double[tokens.size()];
    if (method == Method.ATTENTION) {
      attention(ids, read, weights, hops);
    } else {
      occlusion(ids, classifier.labels().indexOf(prediction.label()), read, weights);
    }
    List<TokenWeight> weighed = new ArrayList<>(tokens.size());
    for (int i = 0; i < weights.length; i++) {
      weighed.add(new TokenWeight(tokens.get(i), readings[i], weights[i], hops.get(i)));
    }
    return new Explanation(text, prediction, method, weighed);
  }

  /** Tells what becomes of each token, and gives the places of those that the network reads. */
  private int[] read(List<Token> tokens, Reading[] readings) {
    TextPipeline pipeline = classifier.pipeline();
    Vocabulary vocabulary = pipeline.vocabulary();
    boolean drops = vocabulary.unknownTokens() == Vocabulary.UnknownTokens.DROP;
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < readings.length; i++) {
      String token = tokens.get(i).text();
      boolean known = vocabulary.contains(token);
      if (pipeline.stopWords().contains(token) || (drops && !known)) {
        readings[i] = Reading.LEFT_OUT;
      } else {
        readings[i] = known ? Reading.KNOWN : Reading.UNKNOWN;
        kept.add(i);
      }
    }
    int[] places = kept.stream().mapToInt(Integer::intValue).toArray();
    int[] read = pipeline.truncation().apply(places);
    for (int place : places) {
      if (read.length == 0 || place < read[0] || place > read[read.length - 1]) {
        readings[place] = Reading.CUT_OFF;
      }
    }
    return read;
  }

  private void attention(int[] ids, int[] read, double[] weights, List<List<Double>> hops) {
    double[][] byHop = classifier.model().attention(Sequences.pack(ids))[0];
    for (int i = 0; i < read.length; i++) {
      List<Double> own = new ArrayList<>(byHop.length);
      double sum = 0;
      for (double[] hop : byHop) {
        own.add(hop[i]);
        sum += hop[i];
      }
      weights[read[i]] = sum / byHop.length;
      hops.set(read[i], own);
    }
  }

  private void occlusion(int[] ids, int label, int[] read, double[] weights) {
    Sequential model = classifier.model();
    double whole = logOdds(model.logits(Sequences.pack(ids)), 0, label);
    int batch = Math.max(1, BATCH_TOKENS / Math.max(1, ids.length));
    for (int first = 0; first < ids.length; first += batch) {
      List<int[]> rests = new ArrayList<>();
      for (int i = first; i < Math.min(ids.length, first + batch); i++) {
        rests.add(without(ids, i));
      }
      Tensor logits = model.logits(Sequences.pack(rests));
      for (int i = 0; i < rests.size(); i++) {
        weights[read[first + i]] = whole - logOdds(logits, i, label);
      }
    }
  }

  private static int[] without(int[] ids, int place) {
    int[] rest = new int[ids.length - 1];
    System.arraycopy(ids, 0, rest, 0, place);
    System.arraycopy(ids, place + 1, rest, place, rest.length - place);
    return rest;
  }

  /**
   * {@code log(p / (1 − p))} of a class: of one sigmoid neuron its sum, of softmax the sum of the
   * class against {@code log Σ exp} of the others.
   */
  private static double logOdds(Tensor logits, int row, int label) {
    if (logits.columns() == 1) {
      return label == 1 ? logits.get(row, 0) : -logits.get(row, 0);
    }
    double greatest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logits.columns(); j++) {
      greatest = j == label ? greatest : Math.max(greatest, logits.get(row, j));
    }
    double others = 0;
    for (int j = 0; j < logits.columns(); j++) {
      others += j == label ? 0 : StrictMath.exp(logits.get(row, j) - greatest);
    }
    return logits.get(row, label) - greatest - StrictMath.log(others);
  }
}
