package org.rnn4j.examples.demo;

import java.util.List;

/**
 * A way of putting a judgement into words, as sentence patterns that are filled from a {@link
 * Topic}. Each pattern serves both judgements: filled with the words of the other side, it says the
 * opposite. So a pattern that holds one word of each side gives the same bag of words to a positive
 * and a negative text, and only the order tells them apart.
 *
 * <table>
 * <caption>Slots of a pattern</caption>
 * <tr><th>slot</th><th>filled with</th></tr>
 * <tr><td>{@code {thing}}</td><td>the whole that is reviewed</td></tr>
 * <tr><td>{@code {one}}, {@code {other}}</td><td>two different parts of it</td></tr>
 * <tr><td>{@code {is}}</td><td>is or was, the same throughout a text</td></tr>
 * <tr><td>{@code {very}}</td><td>a word of emphasis and a space, or nothing</td></tr>
 * <tr><td>{@code {for}}, {@code {against}}</td><td>an adjective of the judgement's own side, or of
 *     the other side</td></tr>
 * <tr><td>{@code {a for}}, {@code {a against}}</td><td>the same after its article</td></tr>
 * <tr><td>{@code {claim}}, {@code {objection}}</td><td>a predicate of the own or the other side,
 *     which may itself be negated</td></tr>
 * <tr><td>{@code {please}}, {@code {displease}}</td><td>a verb of the own or the other side</td></tr>
 * </table>
 */
enum Frame {
  /** Said straight out: the one frame that a bag of words understands. */
  PLAIN(
      12,
      "the {one} {is} {very}{for}",
      "what {a for} {thing}",
      "the {one} of this {thing} {is} {very}{for}",
      "everyone found the {one} {very}{for}",
      "the {one} will {please} everyone"),

  /** One negation turns the judgement round. */
  NEGATION(
      3,
      "the {one} {is} not {against} at all",
      "not {against} at all",
      "the {one} {is} never {against}",
      "there {is} nothing {against} about the {one}",
      "the {one} {is} anything but {against}",
      "the {one} {is} far from {against}",
      "nobody could call the {one} {against}",
      "I would not call this {a against} {thing}"),

  /** Two negations leave the judgement as it is, one of the same words does not. */
  DOUBLE_NEGATION(
      6,
      "the {one} never failed to {please}",
      "the {one} failed to {displease} us",
      "the {one} never managed to {displease} us",
      "not once did the {one} fail to {please} us",
      "nobody could say that the {one} {is} not {for}",
      "nobody could say that the {one} {is} {against}",
      "I never met anyone who did not find the {one} {for}",
      "I never met anyone who found the {one} {against}"),

  /** The last clause decides. */
  CONTRAST(
      4,
      "the {one} {is} {objection} but the {other} {is} {claim}",
      "the {one} {is} {objection}, yet the {other} {is} {claim}",
      "{against} {one} but {for} {other}",
      "this {thing} starts {against} and ends {for}",
      "at first the {thing} seemed {against}, in the end it was {for}"),

  /** The main clause decides, before or after the concession. */
  CONCESSION(
      4,
      "although the {one} {is} {objection}, the {other} {is} {claim}",
      "even though the {one} {is} {objection}, the {other} {is} {claim}",
      "the {other} {is} {claim}, although the {one} {is} {objection}",
      "the {other} {is} {claim} even though the {one} {is} {objection}",
      "despite the {against} {one}, the {other} {is} {claim}",
      "the {other} {is} {claim} despite the {against} {one}"),

  /** One quality is weighed against another. */
  COMPARISON(
      4,
      "the {one} {is} more {for} than {against}",
      "the {one} {is} less {against} than {for}",
      "the {one} {is} not so much {against} as {for}",
      "I would sooner call the {one} {for} than {against}",
      "this {thing} {is} {for} rather than {against}",
      "I expected {a against} {thing} and got {a for} one",
      "I got {a for} {thing} after I had expected {a against} one"),

  /** The stronger word decides. */
  INTENSITY(
      4,
      "the {one} {is} a little {against} and the {other} {is} utterly {for}",
      "the {one} {is} utterly {for} and the {other} {is} a little {against}",
      "the {thing} {is} mostly {for} and only slightly {against}",
      "the {thing} {is} slightly {against} and mostly {for}",
      "the {one} {is} rarely {against} and nearly always {for}",
      "all in all {for}, if a little {against}");

  private final int weight;
  private final List<String> patterns;

  Frame(int weight, String... patterns) {
    this.weight = weight;
    this.patterns = List.of(patterns);
  }

  /** How often this frame is drawn, beside the others' weights. */
  int weight() {
    return weight;
  }

  List<String> patterns() {
    return patterns;
  }
}
