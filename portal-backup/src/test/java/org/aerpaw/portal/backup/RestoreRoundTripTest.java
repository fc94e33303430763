package org.aerpaw.portal.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreRoundTripTest {

  private static final Path DJANGO = Path.of("src/test/resources/fixtures/django");

  @TempDir Path folder;

  @Test
  void whatDjangoWroteShouldBeDumpedInTheSameBytes() throws Exception {
    try (TestPortal portal = TestPortal.migrated(folder)) {
      for (Path file : djangoFiles()) {
        portal.withFixture(file);
      }
      var load = portal.load();
      assertThat(load.errors()).isEmpty();
      assertThat(load.state()).isEqualTo(RunState.DONE);

      var dump = portal.dump(new FileLayout(2, TimestampPrecision.MILLISECONDS));
      assertThat(dump.errors()).isEmpty();

      for (Path file : djangoFiles()) {
        if (!file.endsWith("aerpaw_roles.json")) {
          assertThat(portal.sets.folder().resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
      }
    }
  }

  private static List<Path> djangoFiles() throws IOException {
    try (Stream<Path> files = Files.list(DJANGO)) {
      return files.sorted().toList();
    }
  }
}
