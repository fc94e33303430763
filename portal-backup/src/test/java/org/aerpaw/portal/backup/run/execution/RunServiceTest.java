package org.aerpaw.portal.backup.run.execution;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunListener;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.SampleReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** One run at a time over all instances, and the history of all. */
class RunServiceTest {

  private static final SampleReport REPORT =
      new SampleReport(
          3, Map.of("a", "\u0000ä😀"), new BigDecimal("1.500"), List.of("mind the gap"));

  private static final String LOCK_HOLDERS =
      "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND"
          + " database = (SELECT oid FROM pg_database WHERE datname ="
          + " current_database())";

  @TempDir Path folder;
  private TestPortal portal;
  private RunService runs;
  private RunService otherInstance;

  @BeforeEach
  void migrate() throws Exception {
    portal = TestPortal.migrated(folder);
    runs = service(task -> new Thread(task).start());
    otherInstance = service(task -> new Thread(task).start());
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  @Test
  void reportShouldComeBackFromTheHistoryAsItWas() throws Exception {
    Run run = runs.runAndWait(RunKind.DUMP, "ada", progress -> REPORT);

    Run found = otherInstance.find(run.id()).orElseThrow();

    assertThat(found).isEqualTo(run);
    assertThat(found.report()).isEqualTo(REPORT);
  }

  @Test
  void errorsShouldComeBackFromTheHistoryAsTheyWere() throws Exception {
    var errors =
        List.of(
            FixtureError.of("why"),
            new FixtureError("a.json", 1, 2, "auth.group", "7", "na\u0000me", "because"),
            new FixtureError("a.json", null, null, null, null, null, "\"quoted\""));

    Run run =
        runs.runAndWait(
            RunKind.LOAD,
            "ada",
            progress -> {
              throw new RunFailedException(errors);
            });

    assertThat(run.errors()).isEqualTo(errors);
    assertThat(otherInstance.find(run.id())).contains(run);
  }

  @Test
  void historyShouldBeginWithTheNewestRun() throws Exception {
    Run first = runs.runAndWait(RunKind.DUMP, "ada", progress -> REPORT);
    Run second = otherInstance.runAndWait(RunKind.LOAD, "bob", progress -> REPORT);

    assertThat(runs.newest(10)).extracting(Run::id).containsExactly(second.id(), first.id());
    assertThat(runs.newest(1)).extracting(Run::requestedBy).containsExactly("bob");
    assertThat(runs.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void secondRunShouldNotStartWhileOneRuns() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run first = runs.start(RunKind.DUMP, "ada", untilReleased(mayEnd));

    for (RunService instance : List.of(runs, otherInstance)) {
      assertThatThrownBy(() -> instance.start(RunKind.LOAD, "bob", progress -> REPORT))
          .isInstanceOfSatisfying(
              RunInProgressException.class,
              e -> assertThat(e.run()).map(Run::id).contains(first.id()));
    }

    mayEnd.countDown();
    await().until(() -> runs.find(first.id()).orElseThrow().state() == RunState.DONE);
    await().until(() -> portal.select(LOCK_HOLDERS).isEmpty());
    assertThat(otherInstance.runAndWait(RunKind.LOAD, "bob", progress -> REPORT).state())
        .isEqualTo(RunState.DONE);
  }

  @Test
  void copyShouldNeitherStopADumpNorBeInterruptedByIt() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run copy = runs.start(RunKind.COPY, "ada", untilReleased(mayEnd));

    assertThat(otherInstance.runAndWait(RunKind.DUMP, "bob", progress -> REPORT).state())
        .isEqualTo(RunState.DONE);

    assertThat(otherInstance.inProgress()).extracting(Run::id).containsExactly(copy.id());
    assertThatThrownBy(() -> otherInstance.start(RunKind.COPY, "bob", progress -> REPORT))
        .isInstanceOf(RunInProgressException.class);
    mayEnd.countDown();
    await().until(() -> runs.find(copy.id()).orElseThrow().state() == RunState.DONE);
  }

  @Test
  void runNowShouldWaitForTheRunInProgress() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run first = runs.start(RunKind.DUMP, "ada", untilReleased(mayEnd));
    var second = supplyAsync(() -> runAndWait(otherInstance), task -> new Thread(task).start());

    await()
        .until(
            () -> !portal.select(LOCK_HOLDERS.replace("AND granted", "AND NOT granted")).isEmpty());
    assertThat(second).isNotDone();
    mayEnd.countDown();

    assertThat(second.get().state()).isEqualTo(RunState.DONE);
    await().until(() -> runs.find(first.id()).orElseThrow().state() == RunState.DONE);
    assertThat(second.get().started()).isAfter(runs.find(first.id()).orElseThrow().finished());
  }

  @Test
  void runOfAServerThatWasKilledShouldBeInterrupted() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run abandoned = runs.start(RunKind.LOAD, "ada", untilReleased(mayEnd));

    Run found = asTheNextFindsIt(abandoned);

    assertThat(found.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(found.finished()).isNotNull();
    assertThat(found.errors())
        .extracting(FixtureError::reason)
        .containsExactly("the server stopped before the load was committed");
    letEnd(abandoned, mayEnd);
  }

  @Test
  void runThatCommittedItsReportShouldBeDoneThoughItsServerWasKilled() throws Exception {
    var committed = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Run abandoned = runs.start(RunKind.LOAD, "ada", keeping(true, committed, mayEnd));
    committed.await();
    assertThat(otherInstance.find(abandoned.id()).orElseThrow().state())
        .isEqualTo(RunState.RUNNING);

    Run found = asTheNextFindsIt(abandoned);

    assertThat(found.state()).isEqualTo(RunState.DONE);
    assertThat(found.finished()).isNotNull();
    assertThat(found.report()).isEqualTo(REPORT);
    assertThat(found.progress().objects()).isEqualTo(3);
    assertThat(found.errors()).isEmpty();
    letEnd(abandoned, mayEnd);
  }

  @Test
  void runThatKeptItsReportAndDidNotCommitShouldBeInterrupted() throws Exception {
    var kept = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    Run abandoned = runs.start(RunKind.LOAD, "ada", keeping(false, kept, mayEnd));
    kept.await();

    Run found = asTheNextFindsIt(abandoned);

    assertThat(found.state()).isEqualTo(RunState.INTERRUPTED);
    assertThat(found.report()).isNull();
    letEnd(abandoned, mayEnd);
  }

  @Test
  void startShouldEndTheRunsWhoseServerIsGoneAndTellListeners() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run abandoned = runs.start(RunKind.DUMP, "ada", untilReleased(mayEnd));
    List<Run> ended = new CopyOnWriteArrayList<>();
    otherInstance.addListener(
        new RunListener() {
          @Override
          public void ended(Run run) {
            ended.add(run);
          }
        });

    otherInstance.endOrphans();
    assertThat(ended).as("it still runs").isEmpty();
    killLockHolder();
    otherInstance.endOrphans();

    assertThat(ended).extracting(Run::id).containsExactly(abandoned.id());
    assertThat(ended).extracting(Run::state).containsExactly(RunState.INTERRUPTED);
    letEnd(abandoned, mayEnd);
  }

  @Test
  void listenerThatFailsShouldNotFailTheRun() throws Exception {
    runs.addListener(
        new RunListener() {
          @Override
          public void started(Run run) {
            throw new IllegalStateException("a test");
          }
        });

    assertThat(runs.runAndWait(RunKind.DUMP, "ada", progress -> REPORT).state())
        .isEqualTo(RunState.DONE);
  }

  @Test
  void runThatIsTriedShouldNotWaitAndNotStartUnlessItIsWanted() throws Exception {
    var mayEnd = new CountDownLatch(1);
    Run first = runs.start(RunKind.DUMP, "ada", untilReleased(mayEnd));
    assertThat(otherInstance.tryStart(RunKind.DUMP, "bob", () -> true, progress -> REPORT))
        .isEmpty();
    mayEnd.countDown();
    await().until(() -> runs.find(first.id()).orElseThrow().state() == RunState.DONE);
    await().until(() -> portal.select(LOCK_HOLDERS).isEmpty());

    assertThat(runs.tryStart(RunKind.DUMP, "bob", () -> false, progress -> REPORT)).isEmpty();
    assertThat(portal.select(LOCK_HOLDERS)).isEmpty();
    Run second = runs.tryStart(RunKind.DUMP, "bob", () -> true, progress -> REPORT).orElseThrow();
    await().until(() -> runs.find(second.id()).orElseThrow().state() == RunState.DONE);
    assertThat(runs.newest(9)).hasSize(2);
  }

  @Test
  void skippedRunShouldBeInTheHistoryWithItsReason() throws Exception {
    runs.addSkipped(RunKind.DUMP, "schedule", "another run was in progress");

    Run skipped = otherInstance.newest(1).get(0);
    assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
    assertThat(skipped.finished()).isNotNull();
    assertThat(skipped.errors()).hasToString("[another run was in progress]");
  }

  @Test
  void everyWayToFailShouldFreeTheLockAndSayWhy() throws Exception {
    assertThat(failingWith(new PSQLException("no", PSQLState.DATA_ERROR)).errors())
        .hasToString("[database error: no]");
    assertThat(failingWith(new IOException("no")).errors()).hasToString("[file error: no]");
    assertThat(failingWith(new NoSuchFileException("/home/ada/secret")).errors())
        .hasToString("[file error: secret does not exist]");
    assertThat(failingWith(new IllegalStateException("secret")).errors())
        .hasToString("[internal error: IllegalStateException, see the server log]");
    assertThat(failingWith(new OutOfMemoryError("no")).errors())
        .hasToString("[the server ran out of memory]");
    assertThat(failingWith(new StackOverflowError()).errors())
        .hasToString("[internal error: StackOverflowError, see the server log]");

    assertThat(portal.select(LOCK_HOLDERS)).isEmpty();
  }

  @Test
  void runThatNoThreadTakesShouldFailAndFreeTheLock() throws Exception {
    var full =
        service(
            task -> {
              throw new RejectedExecutionException();
            });

    Run run = full.start(RunKind.DUMP, "ada", progress -> REPORT);

    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(otherInstance.find(run.id())).contains(run);
    assertThat(portal.select(LOCK_HOLDERS)).isEmpty();
  }

  @Test
  void progressShouldBeSeenWhileItRuns() throws Exception {
    var mayEnd = new CountDownLatch(1);
    var reached = Progress.of("users", "users.aerpawuser", null, 2000, 5000);
    Run run =
        runs.start(
            RunKind.DUMP,
            "ada",
            context -> {
              context.progress().accept(reached);
              return untilReleased(mayEnd).run(context);
            });

    await().until(() -> runs.find(run.id()).orElseThrow().progress().equals(reached));
    assertThat(runs.newest(1).get(0).progress()).isEqualTo(reached);

    mayEnd.countDown();
    await().until(() -> portal.select(LOCK_HOLDERS).isEmpty());
    assertThat(otherInstance.find(run.id()).orElseThrow().progress().objects()).isEqualTo(2000);
  }

  private RunService service(Executor executor) {
    return new RunService(
        portal.database.dataSource(),
        executor,
        folder.resolve("runs"),
        Duration.ZERO,
        SampleReport.TYPES);
  }

  private Run failingWith(Throwable failure) throws SQLException, IOException {
    return runs.runAndWait(RunKind.LOAD, "ada", progress -> throwAny(failure));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RunReport throwAny(Throwable failure) throws E {
    throw (E) failure;
  }

  private void killLockHolder() throws SQLException {
    assertThat(
            portal.select(
                "SELECT pg_terminate_backend(pid::int, 5000) FROM (" + LOCK_HOLDERS + ") holder"))
        .containsExactly("t");
  }

  private static Run runAndWait(RunService instance) {
    try {
      return instance.runAndWait(RunKind.LOAD, "bob", progress -> REPORT);
    } catch (SQLException | IOException e) {
      throw new CompletionException(e);
    }
  }

  /** Its server is killed, and another one runs something. */
  private Run asTheNextFindsIt(Run abandoned) throws Exception {
    killLockHolder();
    otherInstance.runAndWait(RunKind.DUMP, "bob", progress -> REPORT);
    return otherInstance.find(abandoned.id()).orElseThrow();
  }

  private void letEnd(Run run, CountDownLatch mayEnd) {
    mayEnd.countDown();
    await().until(() -> runs.find(run.id()).orElseThrow().state() == RunState.DONE);
  }

  /** Keeps its report in a transaction, ends that and goes on. */
  private RunTask keeping(boolean commits, CountDownLatch kept, CountDownLatch mayEnd) {
    return context -> {
      context.progress().accept(Progress.of("users", null, null, 3, 3));
      try (var work = Transaction.begin(portal.database.dataSource())) {
        context.history().keep(REPORT, work);
        if (commits) {
          work.commit();
        }
      }
      kept.countDown();
      return untilReleased(mayEnd).run(context);
    };
  }

  private static RunTask untilReleased(CountDownLatch mayEnd) {
    return progress -> {
      try {
        mayEnd.await();
        return REPORT;
      } catch (InterruptedException e) {
        throw new RunFailedException("interrupted", e);
      }
    };
  }
}
