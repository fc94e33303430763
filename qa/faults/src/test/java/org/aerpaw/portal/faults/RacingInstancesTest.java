package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.faults.Worker.Task;
import org.aerpaw.portal.testing.TableContents;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RacingInstancesTest {

  private static final Path DJANGO =
      Path.of("../../portal-backup/src/test/resources/fixtures/django");
  private static final int RACES = Integer.getInteger("portal.races");

  @TempDir Path folder;

  /** L45. */
  @Test
  void twoInstancesThatStartAtOnceOnAnEmptyDatabaseShouldBothServeTheSameData() throws Exception {
    Map<String, List<String>> expected = loaded();
    for (int race = 0; race < RACES; race++) {
      try (TestDatabase database = TestDatabase.empty()) {
        WorkerProcess one = start(database, "one" + race);
        WorkerProcess other = start(database, "other" + race);
        one.awaitEnd();
        other.awaitEnd();
        assertThat(TableContents.of(database)).isEqualTo(expected);
      }
    }
    System.out.printf("instances raced: %d times two, all served the same data%n", RACES);
  }

  private Map<String, List<String>> loaded() throws Exception {
    try (TestDatabase database = TestDatabase.empty()) {
      var engine = new Engine(database.dataSource(), folder.resolve("dumpdata"));
      engine.migrate();
      assertThat(engine.load(DJANGO).errors()).isEmpty();
      Map<String, List<String>> contents = TableContents.of(database);
      assertThat(contents.get("users_aerpawuser")).isNotEmpty();
      return contents;
    }
  }

  private WorkerProcess start(TestDatabase database, String name) throws IOException {
    return WorkerProcess.start(List.of(), Task.START, database, folder.resolve(name), DJANGO);
  }
}
