package org.rnn4j.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.rnn4j.examples.testing.RunsOnce;

@RunsOnce
class TableTest {

  @Test
  void columns_are_as_wide_as_their_widest_cell_and_numbers_stand_to_the_right() {
    Table table = new Table("layer", "output shape", ">parameters");
    table.row("embedding", "[tokens, 128]", "42,368").row("dense", "[batch, 2]", 66);

    assertThat(table)
        .hasToString(
            """
            layer      output shape   parameters
            ---------  -------------  ----------
            embedding  [tokens, 128]      42,368
            dense      [batch, 2]             66
            """);
  }

  @Test
  void a_table_without_rows_is_its_heading() {
    assertThat(new Table("a", ">b")).hasToString("a  b\n-  -\n");
  }

  @Test
  void a_row_with_a_missing_cell_is_refused() {
    assertThatThrownBy(() -> new Table("a", "b").row(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected 2 cells, got [1]");
  }
}
