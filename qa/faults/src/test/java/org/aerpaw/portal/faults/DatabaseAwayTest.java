package org.aerpaw.portal.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.run.RunState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of its own, which goes away and comes back on the same port with the same data. */
class DatabaseAwayTest {

  private static final Path DJANGO =
      Path.of("../../portal-backup/src/test/resources/fixtures/django");

  @TempDir Path folder;
  private EmbeddedPostgres server;
  private Engine engine;

  @BeforeEach
  void fill() throws Exception {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(folder.resolve("db"))
            .setCleanDataDirectory(false)
            .start();
    engine = new Engine(server.getPostgresDatabase(), folder.resolve("dumpdata"));
    engine.migrate();
    assertThat(engine.load(DJANGO).errors()).isEmpty();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void dumpShouldSucceedAgainWhenTheDatabaseIsBack() throws Exception {
    assertThat(engine.dump().state()).isEqualTo(RunState.DONE);
    Optional<BackupSet> before = engine.sets.latest();

    server.close();
    assertThatThrownBy(() -> engine.dump()).isInstanceOf(SQLException.class);
    assertThat(engine.sets.latest()).isEqualTo(before);

    startAgain();
    assertThat(engine.dump().state()).isEqualTo(RunState.DONE);
    assertThat(engine.sets.latest()).isNotEqualTo(before);
  }

  /** L41. */
  @Test
  void loadShouldFailCompletelyIfTheDatabaseGoesAway() throws Exception {
    var loads =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                while (true) {
                  var run = engine.load(DJANGO);
                  if (run.state() == RunState.FAILED) {
                    return run.errors().get(0).toString();
                  }
                }
              } catch (SQLException e) {
                return "no run could be started: " + e.getMessage();
              } catch (Exception e) {
                return e.toString();
              }
            });
    server.close();
    assertThat(loads.get()).matches("(the database is unavailable|no run could be started): .*");

    startAgain();
    assertThat(engine.load(DJANGO).report(LoadReport.class).unchanged()).isEqualTo(1078);
  }

  private void startAgain() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPort(server.getPort())
            .setDataDirectory(folder.resolve("db"))
            .setCleanDataDirectory(false)
            .start();
  }
}
