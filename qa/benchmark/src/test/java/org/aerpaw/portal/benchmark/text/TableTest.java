package org.aerpaw.portal.benchmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsShouldBeAsWideAsTheirWidestCell() {
    var table = new Table("figure", "s");
    table.add("dump", "12.3");

    assertThat(table.text())
        .isEqualTo(
            """
            | figure | s    |
            |--------|------|
            | dump   | 12.3 |
            """);
  }
}
