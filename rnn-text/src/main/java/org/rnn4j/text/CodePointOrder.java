package org.rnn4j.text;

/**
 * The order of texts by code point. It differs from {@link String#compareTo} where a code point
 * beyond U+FFFF meets one from U+E000 up, and is the order of the UTF-8 bytes.
 */
final class CodePointOrder {
  private CodePointOrder() {}

  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean sameWidth = Character.isSurrogate(a) == Character.isSurrogate(b);
        return sameWidth ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }
}
