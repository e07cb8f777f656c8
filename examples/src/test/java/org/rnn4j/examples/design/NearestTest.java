package org.rnn4j.examples.design;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES =
      List.of("epochs", "epsilon", "dropout", "value-dropout", "learning-rate", "--epochs", "-o");

  @Test
  void one_letter_in_three_may_be_wrong_whatever_its_case() {
    assertThat(Nearest.hint("epoch", NAMES)).hasValue("did you mean epochs?");
    assertThat(Nearest.hint("--Epoch", NAMES)).hasValue("did you mean --epochs?");
    assertThat(Nearest.hint("learnign-rat", NAMES)).hasValue("did you mean learning-rate?");
    assertThat(Nearest.hint("depth", NAMES)).isEmpty();
    assertThat(Nearest.hint("", List.of())).isEmpty();
  }

  @Test
  void a_beginning_is_near_to_all_that_begin_with_it() {
    assertThat(Nearest.hint("ep", NAMES)).hasValue("did you mean epochs or epsilon?");
    assertThat(Nearest.hint("learning", NAMES)).hasValue("did you mean learning-rate?");
  }
}
