package org.aerpaw.portal.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.schedule.ScheduleState.Missed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dumps that begin by themselves, on one server or several. */
@ExtendWith(TestPortalExtension.class)
class ScheduleServiceTest {

  private static final Instant START = Instant.parse("2026-11-29T11:59:30Z");

  private final TestPortal database;
  private Instant now = START;
  private TestPortal server;
  private Connection blocker;
  private final List<Missed> missed = new ArrayList<>();

  ScheduleServiceTest(TestPortal database) {
    this.database = database;
  }

  @BeforeEach
  void startServer() throws Exception {
    server = server("* * * * *", true);
  }

  @Test
  void dumpsShouldBeginAtTheirTimesAndTheirSetsBeVerified() throws Exception {
    assertThat(server.engine.schedule().tick()).isEqualTo(Duration.ofSeconds(10));
    now = time("11:59:57");
    assertThat(server.engine.schedule().tick()).isEqualTo(Duration.ofSeconds(3));
    assertThat(runs()).isEmpty();

    tickAt("12:00:00");
    assertThat(runs()).containsExactly("dump done");
    tickAt("12:00:05");
    assertThat(runs()).containsExactly("dump done", "verify done");
    tickAt("12:00:59");
    assertThat(runs()).hasSize(2);
    tickAt("12:01:00");

    assertThat(runs()).containsExactly("dump done", "verify done", "dump done");
    assertThat(server.runs.newest(1).get(0).requestedBy()).isEqualTo("schedule");
    assertThat(missed).isEmpty();
    Schedule schedule = server.engine.schedule().status();
    assertThat(schedule.last().due()).isEqualTo(time("12:01:00"));
    assertThat(schedule.last().run()).isEqualTo(server.runs.newest(1).get(0).id().toString());
    assertThat(schedule.next())
        .containsExactly(time("12:02:00"), time("12:03:00"), time("12:04:00"));
  }

  @Test
  void verificationCanBeTurnedOff() throws Exception {
    server = server("* * * * *", false);

    tickAt("12:00:00");
    tickAt("12:00:05");

    assertThat(runs()).containsExactly("dump done");
  }

  @Test
  void oneDumpShouldMakeUpForThoseOfATimeWithoutServers() throws Exception {
    tickAt("12:00:00");
    tickAt("12:00:01");
    server = server("* * * * *", false);

    tickAt("12:03:20");
    tickAt("12:03:22");

    assertThat(runs()).containsExactly("dump done", "verify done", "dump done");
    Missed gap = new Missed(2, time("12:01:00"), time("12:02:00"));
    assertThat(missed).containsExactly(gap);
    assertThat(server.engine.schedule().status().missed()).isEqualTo(gap);
  }

  @Test
  void twoServersShouldMakeOneDump() throws Exception {
    TestPortal other = server("* * * * *", false);

    for (String time : List.of("12:00:00", "12:01:00", "12:02:00")) {
      now = time(time);
      server.engine.schedule().tick();
      other.engine.schedule().tick();
      awaitIdle();
      server.engine.schedule().tick();
      awaitIdle();
      other.engine.schedule().tick();
      awaitIdle();
    }

    assertThat(runs()).filteredOn("dump done"::equals).hasSize(3);
    assertThat(missed).isEmpty();
  }

  @Test
  void dumpShouldWaitForAnotherRunAndBeSkippedAtTheNextTime() throws Exception {
    Run blocked = blockedRun();
    tickAt("12:00:00");
    tickAt("12:00:30");
    assertThat(states()).containsExactly("dump running");

    tickAt("12:01:00");

    assertThat(states()).containsExactly("dump running", "dump skipped");
    assertThat(server.runs.newest(1).get(0).errors())
        .singleElement()
        .asString()
        .startsWith(
            "the dump due at 2026-11-29T12:00:00Z had not started when the next one became due at"
                + " 2026-11-29T12:01:00Z, because another run was in progress: dump "
                + blocked.id())
        .endsWith("by a test");
    release(blocked);
    tickAt("12:01:40");
    assertThat(states()).containsExactly("dump failed", "dump skipped", "dump done");
    assertThat(missed).as("it has waited").isEmpty();
  }

  @Test
  void dumpOfAServerThatWasKilledShouldBeMadeUp() throws Exception {
    tickAt("12:00:00");
    String running = "UPDATE fixtures.state SET value = replace(value, '\"last\"', '%s\"last\"')";
    database.database.execute(running.formatted("\"running\":\"2026-11-29T12:00:00Z\","));

    server = server("* * * * *", false);
    tickAt("12:00:20");

    assertThat(runs()).containsExactly("dump done", "dump done");
    assertThat(server.engine.schedule().status().last().due()).isEqualTo(time("12:00:00"));
    assertThat(server.engine.schedule().status().next()).startsWith(time("12:01:00"));
    tickAt("12:00:30");
    assertThat(runs()).hasSize(2);
  }

  @Test
  void dumpThatFailsShouldNotBeRepeatedBeforeTheNextTime() throws Exception {
    database.insert("users_aerpawuser", "id", 9, "last_login", "infinity");

    tickAt("12:00:00");
    tickAt("12:00:10");

    assertThat(states()).containsExactly("dump failed");
  }

  @Test
  void changedScheduleShouldRunAtTheNewTime() throws Exception {
    now = time("11:55:00");
    server = server("0 12 * * *", false);
    server = server("30 12 * * *", false);

    tickAt("12:00:00");
    assertThat(runs()).isEmpty();
    tickAt("12:30:00");

    assertThat(runs()).containsExactly("dump done");
  }

  @Test
  void dumpThatWasMissedShouldBeMadeUpUnderAChangedScheduleToo() throws Exception {
    server = server("0 12 * * *", false);
    now = time("12:20:00");
    server = server("30 15 * * *", false);

    tickAt("12:20:01");

    assertThat(runs()).containsExactly("dump done");
    assertThat(missed).containsExactly(new Missed(1, time("12:00:00"), time("12:00:00")));
  }

  @Test
  void scheduleThatIsTurnedOffAndOnShouldMissNothing() throws Exception {
    TestPortal off = database.withSchedule(ScheduleSettings.OFF, () -> now);
    off.engine.schedule().tick();
    assertThat(off.engine.schedule().status().expression()).isEqualTo("off");
    now = time("15:00:30");
    server = server("* * * * *", false);

    tickAt("15:00:40");

    assertThat(runs()).isEmpty();
  }

  @Test
  void nothingShouldBeginInAPauseAndNothingBeMadeUpAfterIt() throws Exception {
    server.engine.schedule().pause(time("12:10:00"), "an upgrade", "ada");

    tickAt("12:05:00");
    assertThat(runs()).isEmpty();
    Schedule paused = server.engine.schedule().status();
    assertThat(paused.paused().reason()).isEqualTo("an upgrade");
    assertThat(paused.next()).startsWith(time("12:10:00"));
    tickAt("12:10:00");

    assertThat(runs()).containsExactly("dump done");
    assertThat(missed).isEmpty();
    assertThat(server.engine.schedule().status().paused()).isNull();
  }

  @Test
  void pauseCanBeEndedEarly() throws Exception {
    server.engine.schedule().pause(time("15:00:00"), "an upgrade", "ada");
    now = time("12:05:30");

    server.engine.schedule().resume();

    assertThat(server.engine.schedule().status().paused()).isNull();
    assertThat(server.engine.schedule().status().next()).startsWith(time("12:06:00"));
  }

  @Test
  void pauseShouldNeedAScheduleAndAnEndInTheFuture() {
    ScheduleService off = database.withSchedule(ScheduleSettings.OFF, () -> now).engine.schedule();

    assertThatThrownBy(() -> server.engine.schedule().pause(now, "late", "ada"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("until: must be in the future");
    assertThatThrownBy(() -> off.pause(now.plusSeconds(9), "why", "ada"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("there is no schedule");
  }

  @Test
  void databaseThatCannotBeWrittenShouldBeDumpedWithoutVerification() throws Exception {
    database.database.set("default_transaction_read_only", "on");
    server = server("* * * * *", true);

    tickAt("12:00:00");
    tickAt("12:00:10");

    assertThat(runs()).containsExactly("dump done");
    assertThat(server.engine.schedule().status().last().due()).isEqualTo(time("12:00:00"));
  }

  /** A server with a schedule that uses the clock of the test. */
  private TestPortal server(String expression, boolean verify) throws Exception {
    var schedule = Optional.of(CronSchedule.parse(expression, ZoneOffset.UTC));
    TestPortal portal = database.withSchedule(new ScheduleSettings(schedule, verify), () -> now);
    portal.engine.schedule().addMissedListener(missed::add);
    portal.engine.schedule().tick();
    return portal;
  }

  private void tickAt(String time) throws Exception {
    now = time(time);
    server.engine.schedule().tick();
    awaitIdle();
  }

  /** Waits for the end of all runs but the blocked one. */
  private void awaitIdle() {
    await()
        .until(
            () ->
                blocker != null
                    || states().stream().noneMatch(state -> state.endsWith("running"))
                        && database
                            .select(
                                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
                                    + " AND database = (SELECT oid FROM pg_database"
                                    + " WHERE datname = current_database())")
                            .isEmpty());
  }

  /** A dump that waits for a lock of this test. */
  private Run blockedRun() throws Exception {
    blocker = database.database.dataSource().getConnection();
    blocker.setAutoCommit(false);
    blocker.createStatement().execute("LOCK TABLE users_aerpawuser");
    return database.dumps.start(DumpRequest.DEFAULT, "a test");
  }

  private void release(Run blocked) throws Exception {
    blocker.close();
    blocker = null;
    database.runs.cancel(blocked.id(), "a test");
    awaitIdle();
  }

  /** Kind and state of all runs, oldest first; all must have succeeded. */
  private List<String> runs() throws Exception {
    assertThat(server.runs.newest(100)).allSatisfy(run -> assertThat(run.errors()).isEmpty());
    return states();
  }

  private List<String> states() throws SQLException, IOException {
    List<String> states = new ArrayList<>();
    server
        .runs
        .newest(100)
        .forEach(run -> states.add(0, run.kind().text() + " " + run.state().text()));
    return states;
  }

  private static Instant time(String time) {
    return Instant.parse("2026-11-29T" + time + "Z");
  }
}
