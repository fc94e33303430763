package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** L26. */
class NaturalKeysTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"--natural-foreign", "--natural-foreign --natural-primary"})
  void whatDjangoWroteWithNaturalKeysShouldBecomeTheSameRows(String options) throws Exception {
    Path written = folder.resolve("written.json");
    try (TwoWorlds source = TwoWorlds.migrated(folder.resolve("source"))) {
      source
          .given(
              Sample.group(1, "pi"),
              Sample.group(2, "operator"),
              Sample.user(1, "ada", "\"groups\": [1, 2]", "\"user_permissions\": [12, 7]"),
              Sample.user(2, "bob", "\"groups\": [2]"),
              Sample.project(1, 2),
              Sample.userProject(1, 1, 2))
          .loadBoth();
      List<String> words =
          new ArrayList<>(List.of("auth.group", "users", "projects", "--indent", "2"));
      words.addAll(List.of(options.split(" ")));
      Files.writeString(written, Django.dumpdata(source.there.database, words));
    }
    assertThat(written).content().containsPattern("\"(add|change|delete|view)_");

    try (TwoWorlds worlds = TwoWorlds.migrated(folder)) {
      worlds.given(written).loadBoth();
    }
  }

  @Test
  void objectWithoutAKeyShouldBeTheOneThatItIsKnownBy() throws Exception {
    try (TwoWorlds worlds = TwoWorlds.migrated(folder)) {
      worlds.given(Sample.group(5, "pi")).loadBoth();

      worlds
          .given(Sample.object("auth.group", null, "\"name\": \"pi\"", "\"permissions\": [3]"))
          .loadBoth();

      assertThat(Dumps.here(worlds.here, "auth")).contains("\"pk\": 5");
    }
  }

  @Test
  void nameOfNobodyShouldBeRefused() throws Exception {
    try (TwoWorlds worlds = TwoWorlds.migrated(folder)) {
      worlds.given(Sample.user(1, "ada", "\"groups\": [[\"nobody\"]]")).refuseBoth();
    }
  }
}
