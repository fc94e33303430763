package org.aerpaw.portal.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpCommandTest {

  /** D23. */
  @Test
  void keysShouldBeSeparatedByCommasAndPerhapsBlanks() throws Exception {
    assertThat(pks("1")).isEqualTo("[1]");
    assertThat(pks("1, -2 ,3")).isEqualTo("[1,-2,3]");
  }

  /** D23. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1,", "1,,2", "one", "1.5", "1 2", "9999999999999999999"})
  void keysThatAreNoneShouldBeRefused(String value) {
    assertThatThrownBy(() -> pks(value))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("--pks is whole numbers separated by commas, not '" + value + "'");
  }

  private static String pks(String value) throws CommandFailedException {
    Words words =
        Words.parse(new String[] {"users.aerpawuser", "--pks", value}, Set.of("--pks"), Set.of());
    return DumpCommand.request(words).get("pks").toString();
  }
}
