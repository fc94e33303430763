package org.aerpaw.portal.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.aerpaw.portal.backup.catalog.BackupCatalog;

/**
 * What an operator can set.
 *
 * @param dumpdata the directory of the backup sets
 * @param keepLast how many of the newest sets a dump keeps
 * @param fixtures the directory of fixtures that are loaded by default
 * @param lockTimeout how long a run may wait for a lock of another transaction; zero for any time
 */
public record BackupSettings(Path dumpdata, int keepLast, Path fixtures, Duration lockTimeout) {

  public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(1);

  /** The defaults of the other settings. */
  public static BackupSettings of(Path dumpdata, Path fixtures) {
    return new BackupSettings(
        dumpdata, BackupCatalog.DEFAULT_RETENTION, fixtures, DEFAULT_LOCK_TIMEOUT);
  }
}
