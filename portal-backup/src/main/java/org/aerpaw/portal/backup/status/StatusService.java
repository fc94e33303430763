package org.aerpaw.portal.backup.status;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.dump.DumpSpace;
import org.aerpaw.portal.backup.postgres.DatabaseError;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.schedule.ScheduleService;
import org.aerpaw.portal.backup.store.StoreService;

/** Reads the state of the backups from the dump directory and the database. */
public final class StatusService {

  private static final Logger LOG = System.getLogger(StatusService.class.getName());

  private final BackupCatalog catalog;
  private final RunService runs;
  private final ScheduleService schedule;
  private final StoreService store;
  private final DumpSpace space;
  private final HealthLimits limits;
  private final InstantSource clock;

  public StatusService(
      BackupCatalog catalog,
      RunService runs,
      ScheduleService schedule,
      StoreService store,
      DumpSpace space,
      HealthLimits limits,
      InstantSource clock) {
    this.catalog = catalog;
    this.runs = runs;
    this.schedule = schedule;
    this.store = store;
    this.space = space;
    this.limits = limits;
    this.clock = clock;
  }

  /** The limits beyond which the backups are not healthy. */
  public HealthLimits limits() {
    return limits;
  }

  /** Evaluates the current state. */
  public HealthReport health() throws IOException {
    return new HealthChecks(read(), limits).report();
  }

  /**
   * The current state.
   *
   * @throws IOException if the dump directory cannot be read
   */
  public BackupStatus read() throws IOException {
    List<String> damaged = new ArrayList<>(catalog.unreadable().keySet());
    catalog.latestId().filter(id -> !catalog.exists(id)).ifPresent(damaged::add);
    Optional<BackupSet> newest = Optional.empty();
    Optional<Instant> lastVerified = Optional.empty();
    int pinned = 0;
    List<SetState> states = catalog.states();
    for (SetState state : states) {
      BackupSet set = state.set();
      pinned += state.pin().isPresent() ? 1 : 0;
      if (!state.damagedFiles().isEmpty()) {
        damaged.add(set.id());
        continue;
      }
      if (newest.isEmpty() && set.manifest().countsAsBackup()) {
        newest = Optional.of(set);
      }
      if (set.manifest().mask() != null) {
        continue;
      }
      Optional<Instant> verified = state.verified();
      if (lastVerified.isEmpty() || verified.filter(lastVerified.get()::isBefore).isPresent()) {
        lastVerified = verified;
      }
    }
    return new BackupStatus(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        newest,
        lastVerified,
        states.size(),
        pinned,
        damaged,
        freeBytes(),
        store.status(states),
        inDatabase());
  }

  private Optional<BackupStatus.InDatabase> inDatabase() throws IOException {
    try {
      return Optional.of(
          new BackupStatus.InDatabase(
              runs.statistics(), schedule.status(), runs.inProgress(), space.read()));
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "the database cannot be read for the status of the backups: {0}",
          DatabaseError.of(e).describe());
      return Optional.empty();
    }
  }

  /** Before the first dump, the directory does not exist. */
  private long freeBytes() throws IOException {
    Path existing = catalog.folder();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }
}
