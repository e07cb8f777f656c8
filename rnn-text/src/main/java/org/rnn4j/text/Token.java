package org.rnn4j.text;

/**
 * A token, and where in the original text it comes from.
 *
 * <p>The place is the stretch of the original, in chars as {@link String#substring(int, int)}
 * counts them, of which cleaning and tokenising made the token: {@code Good} for <i>good</i>,
 * {@code soooo} for <i>so</i> and for the mark <i>&lt;elong&gt;</i> behind it, {@code caf&eacute;}
 * for <i>café</i>, a whole URL for <i>&lt;url&gt;</i>. The places of tokens are in the order of the
 * text, but two may overlap or be the same, because one character can become several tokens: ½
 * becomes <i>1⁄2</i>.
 *
 * @param text the token as the vocabulary has it
 * @param start the index of its first char in the original text
 * @param end the index behind its last one, greater than {@code start}
 */
public record Token(String text, int start, int end) {
  /** Where the token stands in a text. */
  public String in(String original) {
    return original.substring(start, end);
  }
}
