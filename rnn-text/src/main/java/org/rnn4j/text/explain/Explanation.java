package org.rnn4j.text.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.rnn4j.text.classify.Prediction;

/**
 * A prediction with the weight of each token. A text without tokens has none to weigh; its
 * prediction is what the network says without evidence.
 *
 * @param text the text as it was given
 * @param prediction what the classifier says of it
 * @param method where the weights come from
 * @param tokens every token of the text in order, those too that were not read
 */
public record Explanation(
    String text, Prediction prediction, Method method, List<TokenWeight> tokens) {

  /** Where weights come from. */
  public enum Method {
    /**
     * What the network's attention gave the token, the mean over the hops, from 0 to 1; the weights
     * of all tokens read sum to 1. They say how much of a token's <em>state</em> went into the
     * summary of the text, and nothing of the direction: neither for which class it spoke, nor that
     * the prediction would be another one without it. Behind a recurrent layer the state at a token
     * has read its neighbours as well. Jain and Wallace 2019 (Attention is not Explanation) found
     * weights that hardly agree with other measures of importance, and quite different ones that
     * give the same prediction; Wiegreffe and Pinter 2019 (Attention is not not Explanation)
     * discuss when they tell something nonetheless.
     */
    ATTENTION,
    /**
     * By how much the log-odds of the predicted class fall when the token alone is taken out of
     * what the network reads: {@code log(p / (1 − p))} of the whole text minus that of the rest.
     * Positive weights speak for the class, negative ones against it. This is the erasure of Li,
     * Monroe and Jurafsky 2016 (Understanding Neural Networks through Representation Erasure), in
     * the measure of Robnik-Šikonja and Kononenko 2008 (Explaining Classifications for Individual
     * Instances), and for pictures the occlusion of Zeiler and Fergus 2014. It measures one token
     * at a time: of two words that say the same each may weigh little, because the other is still
     * there, and words that only matter together (<i>not bad</i>) get what the rest says without
     * one of them, which may be a text that nobody writes. The weights do not sum to anything.
     */
    OCCLUSION
  }

  /**
   * A stretch of the text: what several tokens with overlapping places were made of, or something
   * that no token was made of.
   *
   * @param text the stretch as it stands in the text
   * @param tokens its tokens; none for what stands between
   */
  public record Piece(String text, List<TokenWeight> tokens) {
    /** Keeps its own copy of the tokens. */
    public Piece {
      Objects.requireNonNull(text, "text");
      tokens = List.copyOf(tokens);
    }

    /** The sum of the weights of its tokens. */
    public double weight() {
      return tokens.stream().mapToDouble(TokenWeight::weight).sum();
    }

    /** Whether the network read a token of it. */
    public boolean isRead() {
      return tokens.stream().anyMatch(TokenWeight::isRead);
    }
  }

  /** Keeps its own copy of the tokens. */
  public Explanation {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(method, "method");
    tokens = List.copyOf(tokens);
  }

  /** The text cut up for showing: joined, the pieces give the text, to the char. */
  public List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    int written = 0;
    for (int i = 0; i < tokens.size(); ) {
      int start = tokens.get(i).token().start();
      int end = tokens.get(i).token().end();
      int next = i + 1;
      while (next < tokens.size() && tokens.get(next).token().start() < end) {
        end = Math.max(end, tokens.get(next++).token().end());
      }
      if (start > written) {
        pieces.add(new Piece(text.substring(written, start), List.of()));
      }
      pieces.add(new Piece(text.substring(start, end), tokens.subList(i, next)));
      written = end;
      i = next;
    }
    if (written < text.length()) {
      pieces.add(new Piece(text.substring(written), List.of()));
    }
    return List.copyOf(pieces);
  }

  /**
   * The tokens of the greatest weights, regardless of the sign, the greatest first; equal ones in
   * the order of the text.
   *
   * @param count the most tokens to give; fewer if fewer were read
   */
  public List<TokenWeight> strongest(int count) {
    return tokens.stream()
        .filter(TokenWeight::isRead)
        .sorted(Comparator.comparingDouble((TokenWeight token) -> -Math.abs(token.weight())))
        .limit(count)
        .toList();
  }
}
