package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole set that a Django portal wrote, in both worlds. */
class DjangoSetTest {

  static final Path SET = Path.of("../../portal-backup/src/test/resources/fixtures/django");

  @TempDir Path folder;

  // L01, D07, D35
  @Test
  void theSetShouldBecomeTheSameRowsAndBeDumpedInTheSameBytes() throws Exception {
    try (TwoWorlds worlds = TwoWorlds.migrated(folder)) {
      for (Path file : files(SET)) {
        worlds.given(file);
      }
      worlds.loadBoth();

      for (Path file : files(SET)) {
        if (!file.endsWith("aerpaw_roles.json")) {
          String app = file.getFileName().toString().replace(".json", "");
          assertThat(Dumps.there(worlds.there, app)).isEqualTo(Files.readString(file));
        }
      }
    }
  }

  static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
