package org.aerpaw.portal.backup.status;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits beyond which the backups are not healthy.
 *
 * @param backupAge the age of the newest backup; empty for no limit
 * @param verificationAge the time since a set was verified; empty for no limit
 */
public record HealthLimits(Optional<Duration> backupAge, Optional<Duration> verificationAge) {

  public static final HealthLimits NONE = new HealthLimits(Optional.empty(), Optional.empty());
}
