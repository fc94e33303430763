package org.aerpaw.portal.backup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqlTemplateTest {

  @Test
  void placeholdersShouldBeReplaced() {
    assertThat(
            SqlTemplate.with("table", "\"t\"")
                .and("key", "\"id\"")
                .fill("DELETE FROM {table} t WHERE t.{key} = ?"))
        .isEqualTo("DELETE FROM \"t\" t WHERE t.\"id\" = ?");
  }

  @Test
  void fragmentsShouldBeInsertedVerbatim() {
    assertThat(SqlTemplate.with("a", "\"{b} $1 \\\"").and("b", "x").fill("{a}{b}"))
        .isEqualTo("\"{b} $1 \\\"x");
  }

  @Test
  void placeholderWithoutValueShouldBeRefused() {
    assertThatThrownBy(() -> SqlTemplate.with("a", "x").fill("{a} {c}"))
        .hasMessage("no value for {c}");
  }
}
