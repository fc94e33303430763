package org.aerpaw.portal.backup.run;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.aerpaw.portal.backup.DatabaseContent;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.diff.DiffRequest;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that wait for locks show it, and all runs can be cancelled. */
@ExtendWith(TestPortalExtension.class)
class CancelTest {

  private static final String USERS = "users_aerpawuser";

  @ParameterizedTest
  @EnumSource(names = {"DUMP", "LOAD", "VERIFY"})
  void runShowsWhatItWaitsForAndCanBeCancelled(RunKind kind, TestPortal portal) throws Exception {
    BackupSet set = portal.insert(USERS, "id", 1, "username", "ann").set(portal.dump());
    portal.verify(set);
    var verified = set.verified();
    DatabaseContent before = DatabaseContent.of(portal.database);
    Run cancelled;
    try (Connection other = lock(portal)) {
      String holder = holder(other);

      Run started = start(kind, portal, set);
      await().untilAsserted(() -> assertThat(waitingFor(portal, started)).isEqualTo(holder));
      assertThat(portal.runs.cancel(started.id(), "ada")).isTrue();

      cancelled = ended(portal, started);
    }
    assertThat(cancelled.state()).isEqualTo(RunState.FAILED);
    assertThat(cancelled.errors()).hasToString("[cancelled by ada; nothing was changed]");
    assertThat(cancelled.progress().waitingFor()).isNull();
    assertThat(DatabaseContent.of(portal.database)).isEqualTo(before);
    assertThat(portal.sets.all()).extracting(BackupSet::id).containsExactly(set.id());
    assertThat(set.verified()).isEqualTo(verified);
    assertThat(portal.dump().state()).as("the next run").isEqualTo(RunState.DONE);
  }

  @ParameterizedTest
  @EnumSource(names = {"DUMP", "LOAD", "VERIFY"})
  void runFailsThatWaitsForTooLong(RunKind kind, TestPortal portal) throws Exception {
    BackupSet set = portal.insert(USERS, "id", 1, "username", "ann").set(portal.dump());
    TestPortal impatient = portal.withLockTimeout(Duration.ofSeconds(1));
    try (Connection other = lock(portal)) {
      Run failed = ended(impatient, start(kind, impatient, set));

      assertThat(failed.errors())
          .hasToString("[waited 1 s for " + holder(other) + "; try again later]");
    }
  }

  @Test
  void otherServerCancelsARun(TestPortal portal) throws Exception {
    TestPortal other = portal.otherInstance();
    try (Connection holder = lock(portal)) {
      Run started = start(RunKind.DUMP, portal, null);

      assertThat(other.runs.cancel(started.id(), "bob")).isTrue();

      assertThat(ended(other, started).errors())
          .hasToString("[cancelled by bob; nothing was changed]");
    }
  }

  @Test
  void runThatHasEndedIsNotCancelled(TestPortal portal) throws Exception {
    Run done = portal.dump();

    assertThat(portal.runs.cancel(done.id(), "ada")).isFalse();
    assertThat(portal.otherInstance().runs.cancel(done.id(), "ada")).isFalse();
    assertThat(portal.runs.cancel(UUID.randomUUID(), "ada")).isFalse();
    assertThat(portal.runs.find(done.id())).contains(done);
  }

  /** The safety backup is complete when the load waits for the lock of its first statement. */
  @Test
  void cancelledLoadLeavesNoSafetyBackup(TestPortal portal) throws Exception {
    BackupSet set = portal.insert(USERS, "id", 1, "username", "ann").set(portal.dump());
    portal.database.execute("UPDATE users_aerpawuser SET username = 'bob'");
    portal.database.execute(
        """
        CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(60); RETURN NEW; END $$;
        CREATE TRIGGER sleep BEFORE UPDATE ON users_aerpawuser
          FOR EACH ROW EXECUTE FUNCTION sleep()
        """);

    Run started =
        portal.loads.start(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE), "a test");
    await().until(() -> sleepers(portal) == 1);
    portal.runs.cancel(started.id(), "ada");

    assertThat(ended(portal, started).errors())
        .hasToString("[cancelled by ada; nothing was changed]");
    assertThat(sleepers(portal)).isZero();
    assertThat(portal.select("SELECT username FROM users_aerpawuser")).containsExactly("bob");
    assertThat(Files.list(portal.sets.folder()).map(path -> path.getFileName().toString()))
        .as("directories of sets")
        .filteredOn(name -> name.matches("\\d.*|\\..*"))
        .containsExactly(set.id());
  }

  private static int sleepers(TestPortal portal) throws Exception {
    return portal
        .select(
            "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()")
        .size();
  }

  private static Run start(RunKind kind, TestPortal portal, BackupSet set) throws Exception {
    return switch (kind) {
      case DUMP -> portal.dumps.start(dumpOf().build(), "a test");
      case LOAD ->
          portal.loads.start(LoadRequest.of(set.id(), List.of(), LoadMode.REPLACE), "a test");
      case VERIFY -> portal.verifications.start(set.id(), "a test");
      case DIFF ->
          portal.engine.diffs().start(new DiffRequest(set.id(), null, null, false, null), "a test");
      case COPY, FETCH -> throw new IllegalArgumentException("these wait for no locks");
    };
  }

  /** Locks a table in the way that conflicts with every use of it. */
  private static Connection lock(TestPortal portal) throws Exception {
    Connection other = portal.database.connect();
    other.setAutoCommit(false);
    try (var statement = other.createStatement()) {
      statement.execute("LOCK TABLE " + USERS + " IN ACCESS EXCLUSIVE MODE");
    }
    return other;
  }

  private static String holder(Connection other) throws Exception {
    try (var statement = other.createStatement();
        var row = statement.executeQuery("SELECT pg_backend_pid(), current_user")) {
      row.next();
      return "%s (held by pid %d, user %s)".formatted(USERS, row.getInt(1), row.getString(2));
    }
  }

  private static String waitingFor(TestPortal portal, Run run) throws Exception {
    return portal.runs.find(run.id()).orElseThrow().progress().waitingFor();
  }

  private static Run ended(TestPortal portal, Run run) {
    return await()
        .until(
            () -> portal.runs.find(run.id()).orElseThrow(),
            found -> found.state() != RunState.RUNNING);
  }
}
