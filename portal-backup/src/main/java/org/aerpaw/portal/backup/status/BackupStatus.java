package org.aerpaw.portal.backup.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
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
   * @param encryptedDumpBytes the space that the last encrypted backup took while it was made; 0 if
   *     it is unknown
   */
  public record InDatabase(
      RunStatistics runs, Schedule schedule, List<Run> inProgress, long encryptedDumpBytes) {}

  /**
   * The space that the next dump is likely to need: that of the newest set; if that is encrypted,
   * that of its encrypted and plain files together, since both exist while it is made; 0 if there
   * is no set.
   */
  public long expectedBytes() {
    return newest.map(BackupSet::manifest).map(this::expectedBytes).orElse(0L);
  }

  private long expectedBytes(Manifest newest) {
    return newest.isEncrypted()
        ? Math.max(newest.bytes(), database.map(InDatabase::encryptedDumpBytes).orElse(0L))
        : newest.bytes();
  }
}
