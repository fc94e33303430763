package org.aerpaw.portal.backup.status;

import static org.aerpaw.portal.backup.status.HealthReport.Status.FAIL;
import static org.aerpaw.portal.backup.status.HealthReport.Status.PASS;
import static org.aerpaw.portal.backup.status.HealthReport.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.Interference;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.backup.TestPortalExtension;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.run.RunStatistics;
import org.aerpaw.portal.backup.schedule.Schedule;
import org.aerpaw.portal.backup.schedule.ScheduleState.Missed;
import org.aerpaw.portal.backup.status.HealthReport.Check;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When backups are healthy, and what is said if they are not. */
@ExtendWith(TestPortalExtension.class)
class HealthTest {

  private static final HealthLimits LIMITS =
      new HealthLimits(Optional.of(Duration.ofHours(26)), Optional.of(Duration.ofDays(8)));

  private final TestPortal portal;
  private Duration later = Duration.ZERO;

  HealthTest(TestPortal portal) {
    this.portal = portal.withLimits(LIMITS, () -> Instant.now().plus(later));
  }

  @Test
  void freshVerifiedBackupShouldBeHealthy() throws Exception {
    BackupSet set = portal.set(portal.dump());
    portal.verify(set);

    HealthReport health = health();

    assertThat(health.status()).as(health.toString()).isEqualTo(PASS);
    assertThat(health.output()).isNull();
    assertThat(health.lastBackup()).isEqualTo(set.taken());
    assertThat(health.lastVerified()).isEqualTo(set.verified().orElseThrow());
    assertThat(health.nextBackup()).isNull();
    assertThat(health.checks())
        .containsOnlyKeys(
            "dump:age",
            "verify:age",
            "folder:free",
            "sets:damaged",
            "database",
            "dump:failed",
            "schedule:missed");
    assertThat(check("dump:age").limit()).isEqualTo(26 * 3600);
  }

  @Test
  void missingBackupShouldFailOnlyIfThereIsALimit() throws Exception {
    assertThat(check("dump:age").status()).isEqualTo(FAIL);
    assertThat(check("dump:age").output()).isEqualTo("there is no complete backup");

    HealthReport unlimited =
        portal.withLimits(HealthLimits.NONE, Instant::now).engine.status().health();
    assertThat(unlimited.status()).isEqualTo(WARN);
    assertThat(unlimited.output()).isEqualTo("there is no complete backup");
  }

  @Test
  void oldBackupShouldFailWithItsAge() throws Exception {
    portal.verify(portal.set(portal.dump()));

    later = Duration.ofHours(27);

    assertThat(health().status()).isEqualTo(FAIL);
    assertThat(health().output()).isEqualTo("the newest backup is 27 hours old");
  }

  @Test
  void backupThatWasNotVerifiedForLongShouldBeAWarning() throws Exception {
    portal.dump();
    assertThat(check("verify:age").status()).isEqualTo(WARN);
    assertThat(check("verify:age").output()).isEqualTo("no backup has passed a verification");

    portal.verify(portal.sets.latest().orElseThrow());
    assertThat(check("verify:age").status()).isEqualTo(PASS);
    later = Duration.ofDays(9);

    assertThat(check("verify:age").status()).isEqualTo(WARN);
    assertThat(check("verify:age").output())
        .isEqualTo("the last verification that passed was 9 days ago");
  }

  @Test
  void onlyVerificationsThatPassedShouldCount() throws Exception {
    BackupSet set = portal.set(portal.dump());
    set.saveVerification(
        new VerificationResult(Instant.now(), "1", VerificationResult.Result.FAILED));
    assertThat(check("verify:age").output()).isEqualTo("no backup has passed a verification");

    portal.verify(portal.set(portal.dump()));
    later = Duration.ofDays(9);
    set.saveVerification(
        new VerificationResult(Instant.now().plus(later), "1", VerificationResult.Result.FAILED));

    assertThat(check("verify:age").output())
        .isEqualTo("the last verification that passed was 9 days ago");
  }

  @Test
  void damagedSetShouldBeNamedAndNotBeTheNewest() throws Exception {
    BackupSet good = portal.set(portal.dump());
    BackupSet damaged = portal.set(portal.dump());
    Files.delete(damaged.folder().resolve("users.json"));
    Files.createDirectory(portal.sets.folder().resolve("20200101T000000.000Z"));

    assertThat(health().lastBackup()).isEqualTo(good.taken());
    assertThat(check("sets:damaged").status()).isEqualTo(WARN);
    assertThat(check("sets:damaged").output())
        .isEqualTo("damaged sets: 20200101T000000.000Z, " + damaged.id());
  }

  @Test
  void newestSetThatWasDeletedByHandShouldBeNamed() throws Exception {
    BackupSet older = portal.set(portal.dump());
    BackupSet deleted = portal.set(portal.dump());
    Files.move(deleted.folder(), deleted.folder().resolveSibling("elsewhere"));

    assertThat(health().lastBackup()).isEqualTo(older.taken());
    assertThat(check("sets:damaged").output()).isEqualTo("damaged sets: " + deleted.id());
  }

  @Test
  void partialSetsAndSafetyBackupsShouldNotCountAsBackups() throws Exception {
    portal.dump("users.aerpawuser");

    assertThat(health().lastBackup()).isNull();
  }

  @Test
  void failedDumpShouldBeAWarningUntilOneSucceeds() throws Exception {
    portal.insert("users_aerpawuser", "id", 9, "last_login", "infinity");
    portal.dump();
    assertThat(check("dump:failed").status()).isEqualTo(WARN);
    assertThat(check("dump:failed").output()).startsWith("the last dump failed; ./portal runs ");

    portal.database.execute("DELETE FROM users_aerpawuser");
    portal.dump();

    assertThat(check("dump:failed").status()).isEqualTo(PASS);
  }

  @Test
  void databaseThatIsAwayShouldFailAndTheRestStillBeChecked() throws Exception {
    portal.dump();
    TestPortal away =
        portal.withSessions(
            Interference.beforeEvery(
                "",
                portal.database.dataSource(),
                () -> {
                  throw new SQLException("away", "08006");
                }));

    HealthReport health = away.engine.status().health();

    assertThat(health.status()).isEqualTo(FAIL);
    assertThat(health.output()).contains("the database cannot be read; the server log says why");
    assertThat(health.checks().get("dump:age").get(0).status()).isEqualTo(PASS);
  }

  @Test
  void littleSpaceShouldBeAWarningAndTooLittleAFailure() throws Exception {
    BackupSet set = portal.set(portal.dump());
    long bytes = set.manifest().files().values().stream().mapToLong(file -> file.bytes()).sum();

    assertThat(space(set, 3 * bytes).status()).isEqualTo(PASS);
    assertThat(space(set, bytes + 1).status()).isEqualTo(WARN);
    Check tooLittle = space(set, bytes - 1);
    assertThat(tooLittle.status()).isEqualTo(FAIL);
    assertThat(tooLittle.output())
        .isEqualTo(
            "too little space for the next backup: "
                + (bytes - 1)
                + " B is free, it needs about "
                + bytes
                + " B");
  }

  @Test
  void gapInTheScheduleShouldBeAWarningForADay() {
    Instant last = Instant.parse("2026-11-29T12:00:00Z");
    var schedule =
        new Schedule(
            "@hourly",
            "UTC",
            List.of(last.plusSeconds(7200)),
            null,
            new Missed(3, last.minusSeconds(7200), last),
            null);

    assertThat(missed(schedule, last.plusSeconds(60)).output())
        .isEqualTo(
            "3 scheduled dumps from 2026-11-29T10:00:00Z to 2026-11-29T12:00:00Z were missed because no"
                + " server was running");
    assertThat(missed(schedule, last.plusSeconds(60)).status()).isEqualTo(WARN);
    assertThat(missed(schedule, last.plus(Duration.ofDays(2))).status()).isEqualTo(PASS);
  }

  private static Check missed(Schedule schedule, Instant now) {
    var database =
        new BackupStatus.InDatabase(new RunStatistics(Map.of(), Map.of()), schedule, List.of(), 0);
    return new HealthChecks(
            new BackupStatus(
                now,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                List.of(),
                0,
                Optional.empty(),
                Optional.of(database)),
            HealthLimits.NONE)
        .report()
        .checks()
        .get("schedule:missed")
        .get(0);
  }

  private static Check space(BackupSet newest, long free) {
    return new HealthChecks(
            new BackupStatus(
                newest.taken(),
                Optional.of(newest),
                Optional.empty(),
                1,
                0,
                List.of(),
                free,
                Optional.empty(),
                Optional.empty()),
            HealthLimits.NONE)
        .report()
        .checks()
        .get("folder:free")
        .get(0);
  }

  private HealthReport health() throws IOException {
    return portal.engine.status().health();
  }

  private Check check(String name) throws IOException {
    return health().checks().get(name).get(0);
  }
}
