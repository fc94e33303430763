package org.aerpaw.portal.backup.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunStatistics;
import org.aerpaw.portal.backup.schedule.Schedule;
import org.aerpaw.portal.backup.store.StoreStatus;

/**
 * The state of the backups at a moment.
 *
 * @param newest the newest complete set without damage; safety backups and masked sets do not count
 * @param lastVerified when a set without damage and mask last passed a verification
 * @param sets the number of sets
 * @param pinned the number of pinned sets
 * @param damaged the sets with missing or truncated files, or without a readable manifest, and the
 *     target of {@code latest} if it is missing
 * @param freeBytes the space that is left for sets
 * @param store the copies; empty if there is no store
 * @param database what is in the database; empty if that cannot be reached
 */
public record BackupStatus(
    Instant now,
    Optional<BackupSet> newest,
    Optional<Instant> lastVerified,
    int sets,
    int pinned,
    List<String> damaged,
    long freeBytes,
    Optional<StoreStatus> store,
    Optional<InDatabase> database) {

  /**
   * What the database says.
   *
   * @param inProgress the runs in progress
   */
  public record InDatabase(RunStatistics runs, Schedule schedule, List<Run> inProgress) {}

  /** The bytes of the newest set, as an estimate of the next; 0 if there is none. */
  public long expectedBytes() {
    return newest.map(set -> set.manifest().bytes()).orElse(0L);
  }
}
