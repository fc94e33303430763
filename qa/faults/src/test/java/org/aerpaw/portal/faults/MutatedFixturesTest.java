package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** L3A. */
class MutatedFixturesTest {

  private static final Path DJANGO =
      Path.of("../../portal-backup/src/test/resources/fixtures/django");
  private static final int FILES = Integer.getInteger("portal.mutations");
  private static final int MOST_CHANGES = 8;

  /** All that the file below can change. */
  private static final String DIGEST =
      "SELECT md5(concat((SELECT string_agg(t::text, '' ORDER BY id) FROM experiment_info_experimentformdata t),"
          + " (SELECT string_agg(t::text, '' ORDER BY id) FROM experiment_info_fieldtrip t),"
          + " (SELECT string_agg((fieldtrip_id, aerpawuser_id)::text, '' ORDER BY 1)"
          + " FROM experiment_info_fieldtrip_ap_operators)))";

  private final Random random = new Random(3);

  @TempDir Path folder;
  private TestDatabase database;
  private Engine engine;

  @BeforeEach
  void fill() throws Exception {
    database = TestDatabase.empty();
    engine = new Engine(database.dataSource(), folder.resolve("dumpdata"));
    engine.migrate();
    assertThat(engine.load(DJANGO).errors()).isEmpty();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void fixtureWithAFewBytesChangedShouldBeLoadedOrRefusedWithItsPlace() throws Exception {
    byte[] sound = Files.readAllBytes(DJANGO.resolve("experiment_info.json"));
    Path fixtures = Files.createDirectory(folder.resolve("fixtures"));
    int loaded = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(fixtures.resolve("mutated.json"), mutated(sound));
      String before = digest();

      Run run = engine.load(fixtures);

      if (run.state() == RunState.DONE) {
        loaded++;
      } else {
        assertThat(run.errors())
            .as("file %d", i)
            .isNotEmpty()
            .allSatisfy(MutatedFixturesTest::isLocated);
        assertThat(digest()).as("file %d was refused and changed something", i).isEqualTo(before);
      }
    }
    System.out.printf(
        "mutated files: %d tried, %d loaded, %d refused with their places%n",
        FILES, loaded, FILES - loaded);
  }

  private static void isLocated(FixtureError error) {
    assertThat(error.file()).as("%s", error).isEqualTo("mutated.json");
    assertThat(error.line()).as("%s", error).isPositive();
    assertThat(error.column()).as("%s", error).isPositive();
  }

  private byte[] mutated(byte[] sound) {
    byte[] bytes = sound.clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private String digest() throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(DIGEST)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
