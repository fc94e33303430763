package org.aerpaw.portal.backup.status;

import static org.aerpaw.portal.backup.status.HealthReport.Status.FAIL;
import static org.aerpaw.portal.backup.status.HealthReport.Status.PASS;
import static org.aerpaw.portal.backup.status.HealthReport.Status.WARN;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.schedule.Schedule;
import org.aerpaw.portal.backup.schedule.ScheduleState;
import org.aerpaw.portal.backup.status.HealthReport.Check;
import org.aerpaw.portal.backup.status.HealthReport.Status;
import org.aerpaw.portal.backup.store.StoreStatus;

/** Judges the state of the backups. */
final class HealthChecks {

  private static final String SECONDS = "s";
  private static final String BYTES = "bytes";
  private static final String NUMBER = "1";
  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB"};

  /** For how long after the last missed time missed times are reported. */
  private static final Duration MISSED_SHOWN = Duration.ofDays(1);

  private final BackupStatus status;
  private final HealthLimits limits;
  private final Map<String, List<Check>> checks = new LinkedHashMap<>();

  HealthChecks(BackupStatus status, HealthLimits limits) {
    this.status = status;
    this.limits = limits;
  }

  HealthReport report() {
    checkBackupAge();
    checkVerificationAge();
    status.store().ifPresent(this::checkCopyAge);
    checkSpace();
    checkDamages();
    checkDatabase();
    List<Check> all = checks.values().stream().flatMap(List::stream).toList();
    Status worst = all.stream().map(Check::status).max(Status::compareTo).orElseThrow();
    return new HealthReport(
        worst,
        worst == PASS
            ? null
            : all.stream()
                .filter(check -> check.status() != PASS)
                .map(Check::output)
                .collect(Collectors.joining("; ")),
        status.newest().map(BackupSet::dataAsOf).orElse(null),
        status.lastVerified().orElse(null),
        status.store().flatMap(StoreStatus::newest).orElse(null),
        status
            .database()
            .flatMap(database -> database.schedule().next().stream().findFirst())
            .orElse(null),
        checks);
  }

  private void checkBackupAge() {
    Optional<Duration> age = status.newest().map(set -> since(set.dataAsOf()));
    if (age.isEmpty()) {
      add(
          "dump:age",
          limits.backupAge().isPresent() ? FAIL : WARN,
          null,
          SECONDS,
          seconds(limits.backupAge()),
          "there is no complete backup");
    } else {
      boolean tooOld =
          limits.backupAge().filter(limit -> age.get().compareTo(limit) > 0).isPresent();
      add(
          "dump:age",
          tooOld ? FAIL : PASS,
          age.get().toSeconds(),
          SECONDS,
          seconds(limits.backupAge()),
          "the newest backup is " + text(age.get()) + " old");
    }
  }

  private void checkVerificationAge() {
    Optional<Duration> age = status.lastVerified().map(this::since);
    boolean tooOld =
        limits
            .verificationAge()
            .filter(limit -> age.isEmpty() || age.get().compareTo(limit) > 0)
            .isPresent();
    add(
        "verify:age",
        tooOld ? WARN : PASS,
        seconds(age),
        SECONDS,
        seconds(limits.verificationAge()),
        age.map(time -> "the last verification that passed was " + text(time) + " ago")
            .orElse("no backup has passed a verification"));
  }

  /** Until the store has been read after a start, the age is unknown. */
  private void checkCopyAge(StoreStatus store) {
    Optional<Duration> age = store.newest().map(this::since);
    boolean tooOld =
        store.known()
            && limits
                .backupAge()
                .filter(limit -> age.isEmpty() || age.get().compareTo(limit) > 0)
                .isPresent();
    String copied =
        age.map(time -> "the newest backup in the store is " + text(time) + " old")
            .orElse(
                store.known()
                    ? "the store has no complete backup"
                    : "the store has not been read since the server started");
    add(
        "copy:age",
        tooOld || store.failing() ? WARN : PASS,
        seconds(age),
        SECONDS,
        seconds(limits.backupAge()),
        store.failing()
            ? ("the last copy to the store, or the last check of the store, failed; sets still to"
                    + " be copied: %d; %s")
                .formatted(store.pending(), copied)
            : copied);
  }

  private void checkSpace() {
    long expected = status.expectedBytes();
    Status result = status.freeBytes() < expected ? FAIL : PASS;
    add(
        "folder:free",
        result == PASS && status.freeBytes() < 2 * expected ? WARN : result,
        status.freeBytes(),
        BYTES,
        expected,
        (result == FAIL
                ? "too little space for the next backup: %s is free, it needs about %s"
                : "space for only one more backup: %s is free, each needs about %s")
            .formatted(bytes(status.freeBytes()), bytes(expected)));
  }

  private void checkDamages() {
    long damaged = status.damaged().size();
    add(
        "sets:damaged",
        damaged > 0 ? WARN : PASS,
        damaged,
        NUMBER,
        null,
        "damaged sets: " + String.join(", ", status.damaged()));
  }

  private void checkDatabase() {
    boolean reached = status.database().isPresent();
    add(
        "database",
        reached ? PASS : FAIL,
        null,
        NUMBER,
        null,
        "the database cannot be read; the server log says why");
    status
        .database()
        .ifPresent(
            database -> {
              checkLastDump(database);
              checkMissed(database.schedule());
            });
  }

  private void checkLastDump(BackupStatus.InDatabase database) {
    Optional<Run> last = Optional.ofNullable(database.runs().lastEnded().get(RunKind.DUMP));
    boolean failed = last.filter(run -> run.state() != RunState.DONE).isPresent();
    add(
        "dump:failed",
        failed ? WARN : PASS,
        last.map(run -> since(run.finished()).toSeconds()).orElse(null),
        SECONDS,
        null,
        last.map(
                run ->
                    (run.state() == RunState.INTERRUPTED
                            ? "the last dump was interrupted; ./portal runs %s says why"
                            : "the last dump failed; ./portal runs %s says why")
                        .formatted(run.id()))
            .orElse(null));
  }

  private void checkMissed(Schedule schedule) {
    ScheduleState.Missed missed = schedule.missed();
    boolean recent = missed != null && since(missed.last()).compareTo(MISSED_SHOWN) < 0;
    add(
        "schedule:missed",
        recent ? WARN : PASS,
        recent ? (long) missed.times() : 0L,
        NUMBER,
        null,
        recent ? missed.describe() : null);
  }

  private void add(String name, Status result, Long value, String unit, Long limit, String output) {
    checks.put(
        name,
        List.of(
            new Check(result, value, unit, limit, status.now(), result == PASS ? null : output)));
  }

  private Duration since(Instant time) {
    return Duration.between(time, status.now());
  }

  private static Long seconds(Optional<Duration> duration) {
    return duration.map(Duration::toSeconds).orElse(null);
  }

  private static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1000 && unit < BYTE_UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, BYTE_UNITS[unit]);
  }

  /** The largest unit that leaves at least two: 119 minutes, 47 hours, 3 days. */
  private static String text(Duration age) {
    if (age.toHours() < 2) {
      return age.toMinutes() + " minutes";
    }
    return age.toHours() < 48 ? age.toHours() + " hours" : age.toDays() + " days";
  }
}
