package org.aerpaw.portal.backup.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.postgres.Standby;
import org.aerpaw.portal.backup.postgres.StandbyAddress;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.status.HealthLimits;
import org.aerpaw.portal.testing.PostgresServer;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Dumps read from a standby, here a second server that replays the log of the first one. */
class StandbyTest {

  private static final String WAITING =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname IS NOT NULL";

  private static PostgresServer primary;
  private static PostgresServer standby;

  @TempDir private Path folder;
  private TestPortal direct;
  private TestPortal portal;

  @BeforeAll
  static void startServers() {
    primary = PostgresServer.start();
    standby = primary.startStandby();
    primary.execute("CREATE ROLE reader LOGIN");
  }

  @AfterAll
  static void stopServers() {
    standby.close();
    primary.close();
  }

  @BeforeEach
  void createDatabase() throws Exception {
    direct = TestPortal.on(TestDatabase.on(primary), folder);
    direct.engine.migration().migrate();
    portal = direct.withStandby(address(standby.port()));
    replayAll();
  }

  @AfterEach
  void dropDatabase() {
    standby.execute("SELECT pg_wal_replay_resume()");
    direct.close();
  }

  @Test
  void aDumpHasEverythingThatWasCommittedBeforeAndItsRunIsRecordedInTheDatabase() throws Exception {
    assertThat(direct.withDjangoSet().load().errors()).isEmpty();
    direct.database.execute(
        "INSERT INTO error_handling_aerpawthread (id, thread_start, uuid)"
            + " SELECT n, now(), '' FROM generate_series(10000, 22000) n;"
            + " GRANT SELECT ON ALL TABLES IN SCHEMA public, fixtures TO reader;"
            + " GRANT USAGE ON SCHEMA fixtures TO reader");
    replayAll();
    direct.database.execute(
        "UPDATE users_aerpawuser SET display_name = 'just changed' WHERE id = 1");
    var reader =
        new StandbyAddress("127.0.0.1", standby.port(), direct.database.name(), "reader", null);
    Run run = direct.withStandby(reader).dump();
    BackupSet set = portal.set(run);

    BackupSet expected = direct.set(direct.dump());
    for (String file : expected.manifest().files().keySet()) {
      assertThat(set.folder().resolve(file))
          .hasSameBinaryContentAs(expected.folder().resolve(file));
    }
    assertThat(expected.manifest().standby()).isNull();
    assertThat(set.manifest().standby().server()).isEqualTo("127.0.0.1:" + standby.port());
    assertThat(set.manifest().standby().lagSeconds())
        .isBetween(BigDecimal.ZERO, BigDecimal.valueOf(2));
    assertThat(set.manifest().standby().lagBytes()).isZero();
    assertThat(Manifest.parse(set.manifest().toBytes())).isEqualTo(set.manifest());
    assertThat(direct.runs.find(run.id()).orElseThrow().report()).isEqualTo(run.report());
    assertThat(direct.verify(set).errors()).isEmpty();
  }

  @Test
  void twoConnectionsToAStandbyReadTheSameSnapshot() throws Exception {
    var source = new Standby(address(standby.port()), Duration.ZERO);
    try (Transaction one = Transaction.beginSnapshot(source)) {
      String exported =
          one.queryOne(row -> row.getString(1), "SELECT pg_catalog.pg_export_snapshot()");
      direct.insert("auth_group", "id", 7, "name", "later");
      replayAll();
      try (Transaction other = Transaction.beginSnapshot(source, exported);
          Transaction later = Transaction.beginSnapshot(source)) {
        String sql = "SELECT name FROM auth_group WHERE id = 7";
        assertThat(other.query(row -> row.getString(1), sql)).isEmpty();
        assertThat(later.query(row -> row.getString(1), sql)).containsExactly("later");
      }
    }
  }

  @Test
  void aStandbyThatIsBehindIsDumpedWithItsLag() throws Exception {
    portal.insert("auth_group", "id", 1, "name", "replayed");
    replayAll();
    pauseReplay();
    portal.insert("auth_group", "id", 2, "name", "only on the primary");

    Run run = portal.dump("auth");

    BackupSet set = portal.set(run);
    Manifest.Standby read = set.manifest().standby();
    assertThat(read.lagSeconds()).isBetween(BigDecimal.ONE, BigDecimal.valueOf(120));
    assertThat(read.lagBytes()).isPositive();
    assertThat(portal.dumped("auth.json").text()).contains("replayed").doesNotContain("primary");
    assertThat(run.report(DumpReport.class).warnings())
        .contains(
            "read from the standby 127.0.0.1:%d, %s s behind (%d bytes of the write-ahead log)"
                .formatted(standby.port(), read.lagSeconds(), read.lagBytes()));
  }

  @Test
  void theAgeOfABackupIncludesTheLag() throws Exception {
    pauseReplay();
    Duration lag = portal.set(portal.dump()).manifest().lag();

    var limits = new HealthLimits(Optional.of(lag), Optional.empty());
    assertThat(portal.withLimits(limits, InstantSource.system()).engine.status().health().output())
        .contains("the newest backup is");
  }

  @Test
  void safetyBackupsReadTheDatabaseItself() throws Exception {
    portal.insert("auth_group", "id", 1, "name", "before");
    BackupSet set = portal.set(portal.dump("auth"));
    pauseReplay();
    portal.insert("auth_group", "id", 2, "name", "deleted by the load");

    Run load = portal.load(LoadRequest.of(set.id(), null, LoadMode.REPLACE));

    assertThat(load.errors()).isEmpty();
    BackupSet safetyBackup =
        portal.sets.find(load.report(LoadReport.class).safetyBackup()).orElseThrow();
    assertThat(safetyBackup.manifest().standby()).isNull();
    assertThat(safetyBackup.folder().resolve("auth.json")).content().contains("deleted by");
  }

  @Test
  void aDumpThatTheReplicationCancelsNamesTheCause() throws Exception {
    standby.execute("ALTER SYSTEM SET max_standby_streaming_delay = 0");
    standby.execute("SELECT pg_reload_conf()");
    try (Connection waitedFor = direct.database.connect();
        Connection conflicting = direct.database.connect()) {
      // A dump of one model uses one connection, which has counted the users when it waits.
      lock(waitedFor, "auth_permission");
      CompletableFuture<Run> dump = CompletableFuture.supplyAsync(() -> dump(portal, "users"));
      await().until(() -> !onStandby(WAITING).equals("0"));
      lock(conflicting, "users_aerpawuser");

      assertThat(dump.join().errors())
          .singleElement()
          .asString()
          .startsWith(
              "the standby 127.0.0.1:%d (PORTAL_DUMP_HOST) cancelled the dump, which was holding"
                      .formatted(standby.port())
                  + " up replication for longer than max_standby_streaming_delay. Dump again.")
          .contains("conflict with recovery");
    } finally {
      standby.execute("ALTER SYSTEM RESET max_standby_streaming_delay");
      standby.execute("SELECT pg_reload_conf()");
    }
    assertThat(portal.dump().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void aDumpDoesNotWaitForeverForALockOfTheReplication() throws Exception {
    try (Connection other = direct.database.connect()) {
      lock(other, "users_aerpawuser");

      Run run = portal.withLockTimeout(Duration.ofSeconds(1)).dump();

      assertThat(run.errors())
          .singleElement()
          .asString()
          .contains("replication held a lock on a table for longer than PORTAL_LOCK_TIMEOUT");
    }
  }

  @Test
  void serversThatAreNoStandbyOfTheDatabaseAreRefused() throws Exception {
    assertThat(error(address(primary.port())))
        .isEqualTo(
            "the standby 127.0.0.1:%d (PORTAL_DUMP_HOST) is not a standby: it accepts writes. After a"
                    .formatted(primary.port())
                + " failover, change POSTGRES_HOST and PORTAL_DUMP_HOST");
    assertThat(error(address(1)))
        .startsWith("the standby 127.0.0.1:1 (PORTAL_DUMP_HOST) is unavailable: Connection to ");
    try (TestDatabase other = TestDatabase.empty()) {
      assertThat(
              error(new StandbyAddress("127.0.0.1", other.port(), other.name(), "postgres", null)))
          .endsWith("is not a standby of this database's server");
    }
    assertThat(direct.sets.all()).isEmpty();
  }

  @Test
  void aPortalWhoseDatabaseIsAStandbyCanStartAndDump() throws Exception {
    direct.insert("auth_group", "id", 1, "name", "replayed");
    BackupSet set = direct.set(direct.dump("auth"));
    replayAll();
    var source = new PGSimpleDataSource();
    source.setPortNumbers(new int[] {standby.port()});
    source.setDatabaseName(direct.database.name());
    source.setUser("postgres");
    TestPortal readOnly = direct.withSessions(source);

    readOnly.engine.migration().migrate();
    Run dump = readOnly.dump("auth");

    assertThat(readOnly.set(dump).folder().resolve("auth.json"))
        .hasSameBinaryContentAs(set.folder().resolve("auth.json"));
    assertThat(readOnly.runs.find(dump.id()).orElseThrow().state()).isEqualTo(RunState.DONE);
    assertThat(readOnly.load(set.id()).errors())
        .hasToString("[nothing can be loaded: the database is a standby]");
  }

  private String error(StandbyAddress address) throws Exception {
    Run run = direct.withStandby(address).dump();
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    return run.errors().get(0).toString();
  }

  /** Locks a table until the connection is closed, on the standby too. */
  private void lock(Connection connection, String table) throws Exception {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }
    // Commits write the log to the disk, locks do not.
    direct.database.execute("CREATE TABLE flush (); DROP TABLE flush");
  }

  private static Run dump(TestPortal portal, String... apps) {
    try {
      return portal.dump(apps);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private StandbyAddress address(int port) {
    return new StandbyAddress("127.0.0.1", port, direct.database.name(), "postgres", null);
  }

  private void replayAll() {
    var source = new Standby(address(standby.port()), Duration.ZERO);
    await().until(() -> source.await(direct.database.dataSource()).bytes() == 0);
  }

  private void pauseReplay() {
    standby.execute("SELECT pg_wal_replay_pause()");
    await().until(() -> onStandby("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
  }

  private String onStandby(String query) throws Exception {
    var source = new Standby(address(standby.port()), Duration.ZERO);
    try (Transaction transaction = Transaction.begin(source)) {
      return transaction.queryOne(row -> row.getString(1), query);
    }
  }
}
