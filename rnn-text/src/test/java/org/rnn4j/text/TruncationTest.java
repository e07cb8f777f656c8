package org.rnn4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class TruncationTest {
  private static final int[] IDS = {5, 6, 7, 8};

  @Test
  void the_first_or_the_last_tokens_stay() {
    assertThat(Truncation.keepFirst(3).apply(IDS)).containsExactly(5, 6, 7);
    assertThat(Truncation.keepLast(3).apply(IDS)).containsExactly(6, 7, 8);
    assertThat(Truncation.keepLast(1).apply(IDS)).containsExactly(8);
  }

  @Test
  void short_texts_stay_whole() {
    assertThat(Truncation.keepFirst(4).apply(IDS)).containsExactly(5, 6, 7, 8);
    assertThat(Truncation.keepLast(5).apply(IDS)).containsExactly(5, 6, 7, 8);
    assertThat(Truncation.none().apply(IDS)).containsExactly(5, 6, 7, 8);
    assertThat(Truncation.keepLast(1).apply(new int[0])).isEmpty();
  }

  @Test
  void a_length_below_1_is_refused() {
    assertThatThrownBy(() -> Truncation.keepFirst(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected a maximumLength of 1 or more tokens, got 0");
  }
}
