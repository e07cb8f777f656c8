package org.rnn4j.text.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rnn4j.text.testing.RunsOnce;

@RunsOnce
class ColumnsTest {
  @Test
  void a_name_needs_a_header() {
    assertThatThrownBy(() -> new Columns("label", "1", null, false, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected columns counted from 0 in a table without a header, got \"label\"");
    assertThatThrownBy(() -> Columns.numbered(0, 1).withGroup("film"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected columns counted from 0 in a table without a header, got \"film\"");
    assertThatThrownBy(() -> Columns.numbered(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected columns counted from 0 in a table without a header, got \"-1\"");
  }

  @Test
  void label_and_text_are_different_columns() {
    assertThatThrownBy(() -> Columns.numbered(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected different columns for label and text, got \"1\" for both");
  }
}
