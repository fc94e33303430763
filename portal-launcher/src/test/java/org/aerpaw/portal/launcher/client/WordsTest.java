package org.aerpaw.portal.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {

  private static Words parse(String... words) throws CommandFailedException {
    return Words.parse(words, Set.of("--mode", "--exclude"), Set.of("--dry-run"));
  }

  @Test
  void namesOptionsAndFlagsShouldStandInAnyOrder() throws CommandFailedException {
    Words words =
        parse("users", "--exclude", "auth", "--dry-run", "projects", "--exclude=users.aerpawuser");
    assertThat(words.names()).containsExactly("users", "projects");
    assertThat(words.all("--exclude")).containsExactly("auth", "users.aerpawuser");
    assertThat(words.last("--exclude")).contains("users.aerpawuser");
    assertThat(words.has("--dry-run")).isTrue();
    assertThat(parse().has("--dry-run")).isFalse();
  }

  @Test
  void wordsThatAreOffShouldAllBeNamed() {
    assertThatThrownBy(() -> parse("--nothing", "--dry-run=1", "--mode"))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage(
            "--nothing is unknown; allowed are --dry-run, --exclude, --mode\n"
                + "--dry-run has no value\n"
                + "--mode needs a value");
  }

  @Test
  void choiceShouldBeOneOfThoseThereAre() throws CommandFailedException {
    List<String> modes = List.of("merge", "insert", "replace");
    assertThat(parse().choice("--mode", modes)).isEqualTo("merge");
    assertThat(parse("--mode=insert").choice("--mode", modes)).isEqualTo("insert");
    assertThatThrownBy(() -> parse("--mode", "append").choice("--mode", modes))
        .hasMessage("--mode is merge or insert or replace, not 'append'");
  }
}
