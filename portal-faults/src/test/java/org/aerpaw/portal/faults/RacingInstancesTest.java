package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacingInstancesTest {

  private static final Path DJANGO =
      Path.of("../portal-fixtures-ejb/src/test/resources/fixtures/django");
  private static final int RACES = Integer.getInteger("portal.races", 10);

  @TempDir Path folder;

  /** L45. */
  @Test
  void twoInstancesThatStartAtOnceOnAnEmptyDatabaseShouldBothServeTheSameData() throws Exception {
    Map<String, List<String>> expected = null;
    for (int race = 0; race < RACES; race++) {
      try (TestDatabase database = TestDatabase.empty()) {
        Process one = start(database, "one" + race);
        Process other = start(database, "other" + race);
        assertThat(one.waitFor()).as("one: %s", folder).isZero();
        assertThat(other.waitFor()).as("other: %s", folder).isZero();
        Map<String, List<String>> contents = TableContents.of(database);
        expected = expected == null ? contents : expected;
        assertThat(contents).isEqualTo(expected);
      }
    }
    System.out.printf("instances raced: %d times two, all served the same data%n", RACES);
  }

  private Process start(TestDatabase database, String name) throws IOException {
    File output = folder.resolve(name + ".log").toFile();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Starter.class.getName(),
            String.valueOf(database.port()),
            database.name(),
            folder.resolve("dumpdata").toString(),
            DJANGO.toAbsolutePath().toString())
        .redirectErrorStream(true)
        .redirectOutput(output)
        .start();
  }
}
