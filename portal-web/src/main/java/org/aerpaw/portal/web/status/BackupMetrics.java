package org.aerpaw.portal.web.status;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.status.BackupStatus;
import org.aerpaw.portal.backup.status.HealthLimits;
import org.aerpaw.portal.backup.store.StoreStatus;

/**
 * The metrics of a status. They come from the sets and the history, so they survive a restart,
 * except the count of failed notifications. What is unknown is left out.
 */
final class BackupMetrics {

  private static final String PREFIX = "portal_backup_";

  private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();

  private BackupMetrics() {}

  static MetricSnapshots of(BackupStatus status, HealthLimits limits, long failedNotifications) {
    var all = new BackupMetrics();
    all.addSets(status);
    all.addLimits(limits);
    status.newest().ifPresent(all::addNewest);
    status.store().ifPresent(all::addStore);
    status.database().ifPresent(all::addRuns);
    all.metrics.metricSnapshot(
        CounterSnapshot.builder()
            .name(PREFIX + "notifications_failed")
            .help(
                "The number of notifications that could not be delivered since the server started.")
            .dataPoint(CounterDataPointSnapshot.builder().value(failedNotifications).build())
            .build());
    return all.metrics.build();
  }

  private void addSets(BackupStatus status) {
    add("sets", "The number of backup sets.", status.sets());
    add("sets_pinned", "The number of pinned backup sets.", status.pinned());
    add("sets_damaged", "The number of damaged backup sets.", status.damaged().size());
    add("folder_free_bytes", "The free space for backup sets.", status.freeBytes());
    addTime(
        "last_verified_timestamp_seconds",
        "When a backup set last passed a verification.",
        status.lastVerified());
    addTime(
        "last_success_timestamp_seconds",
        "Time of the snapshot of the newest undamaged complete set, minus standby lag.",
        status.newest().map(BackupSet::dataAsOf));
  }

  /** So that alerts need not repeat the settings. */
  private void addLimits(HealthLimits limits) {
    limits
        .backupAge()
        .ifPresent(
            age ->
                add(
                    "max_age_seconds",
                    "Maximum age of a backup before it counts as too old.",
                    seconds(age)));
    limits
        .verificationAge()
        .ifPresent(
            age ->
                add(
                    "max_verification_age_seconds",
                    "Maximum age of a verification before it counts as too old.",
                    seconds(age)));
  }

  private void addNewest(BackupSet newest) {
    var bytes = gauge("last_size_bytes", "The size of an app in the newest backup set, in bytes.");
    var objects =
        gauge("last_objects", "The number of objects of an app in the newest backup set.");
    boolean encrypted = newest.manifest().isEncrypted();
    newest
        .manifest()
        .files()
        .forEach(
            (name, file) -> {
              Labels app = Labels.of("app", app(name));
              if (!BackupSet.METADATA_FILES.contains(name)) {
                bytes.dataPoint(point(app, file.bytes()));
              }
              if (!encrypted) {
                objects.dataPoint(point(app, file.objects()));
              }
            });
    metrics.metricSnapshot(bytes.build()).metricSnapshot(objects.build());
  }

  private static String app(String file) {
    return FixtureName.of(file).map(FixtureName::base).orElse(file);
  }

  private void addStore(StoreStatus store) {
    Labels name = Labels.of("store", store.store());
    store
        .newest()
        .ifPresent(
            taken ->
                metrics.metricSnapshot(
                    gauge(
                            "copy_last_success_timestamp_seconds",
                            "Time of the snapshot of the newest complete backup set in the store.")
                        .dataPoint(point(name, seconds(Duration.between(Instant.EPOCH, taken))))
                        .build()));
    metrics.metricSnapshot(
        gauge(
                "copies_pending",
                "The number of backup sets that are still to be copied to the store.")
            .dataPoint(point(name, store.pending()))
            .build());
  }

  private void addRuns(BackupStatus.InDatabase database) {
    var success =
        gauge(
            "last_run_success",
            "1 if the last run of this kind succeeded, 0 if it failed or was interrupted.");
    var duration = gauge("run_duration_seconds", "The duration of the last run of this kind.");
    database
        .runs()
        .lastEnded()
        .forEach(
            (kind, run) -> {
              success.dataPoint(point(kind(kind), run.state() == RunState.DONE ? 1 : 0));
              duration.dataPoint(
                  point(kind(kind), seconds(Duration.between(run.started(), run.finished()))));
            });
    var total =
        CounterSnapshot.builder().name(PREFIX + "runs").help("The number of finished runs.");
    var inProgress = gauge("in_progress", "1 if a run of this kind is in progress, otherwise 0.");
    for (RunKind kind : RunKind.values()) {
      for (RunState state : RunState.values()) {
        if (state != RunState.RUNNING) {
          total.dataPoint(
              CounterDataPointSnapshot.builder()
                  .labels(Labels.of("kind", kind.text(), "result", state.text()))
                  .value(database.runs().count(kind, state))
                  .build());
        }
      }
      boolean runs = database.inProgress().stream().map(Run::kind).anyMatch(kind::equals);
      inProgress.dataPoint(point(kind(kind), runs ? 1 : 0));
    }
    metrics
        .metricSnapshot(success.build())
        .metricSnapshot(duration.build())
        .metricSnapshot(total.build())
        .metricSnapshot(inProgress.build());
    addTime(
        "next_run_timestamp_seconds",
        "When the next scheduled dump is due.",
        database.schedule().next().stream().findFirst());
  }

  private static Labels kind(RunKind kind) {
    return Labels.of("kind", kind.text());
  }

  private void addTime(String name, String help, Optional<Instant> time) {
    time.ifPresent(instant -> add(name, help, seconds(Duration.between(Instant.EPOCH, instant))));
  }

  private void add(String name, String help, double value) {
    metrics.metricSnapshot(gauge(name, help).dataPoint(point(Labels.EMPTY, value)).build());
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(PREFIX + name).help(help);
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
