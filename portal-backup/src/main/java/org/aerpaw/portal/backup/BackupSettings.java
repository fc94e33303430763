package org.aerpaw.portal.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.postgres.StandbyAddress;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.schedule.ScheduleSettings;
import org.aerpaw.portal.backup.status.HealthLimits;
import org.aerpaw.portal.backup.store.contents.StoreSettings;

/**
 * The settings of the backup engine.
 *
 * @param dumpdata the directory of the backup sets
 * @param retention which sets are kept after a dump
 * @param schedule the runs that start automatically
 * @param limits when the backups are not healthy
 * @param fixtures the directory of fixtures that are loaded by default
 * @param masking where the profiles of masked sets are, and whether such sets may be loaded
 * @param encryption what is encrypted; empty for nothing
 * @param lockTimeout how long a run may wait for a lock of another transaction; zero for no limit
 * @param store where sets are copied to; empty for nowhere
 * @param standby where dumps read from; empty for the database itself
 */
public record BackupSettings(
    Path dumpdata,
    RetentionRules retention,
    ScheduleSettings schedule,
    HealthLimits limits,
    Path fixtures,
    MaskingSettings masking,
    Optional<EncryptionSettings> encryption,
    Duration lockTimeout,
    Optional<StoreSettings> store,
    Optional<StandbyAddress> standby) {

  public static final Duration DEFAULT_LOCK_TIMEOUT = Duration.ofMinutes(1);

  /** The defaults of the other settings. */
  public static BackupSettings of(Path dumpdata, Path fixtures) {
    return new BackupSettings(
        dumpdata,
        RetentionRules.keepLast(RetentionRules.DEFAULT_NUMBER, ZoneOffset.UTC),
        ScheduleSettings.OFF,
        HealthLimits.NONE,
        fixtures,
        MaskingSettings.DEFAULT,
        Optional.empty(),
        DEFAULT_LOCK_TIMEOUT,
        Optional.empty(),
        Optional.empty());
  }
}
