package org.aerpaw.portal.backup.status;

import java.time.Duration;
import java.util.Optional;

/**
 * From when on something is wrong.
 *
 * @param backupAge the age of the newest backup; empty for no limit
 * @param verificationAge the time since a set was verified; empty for no limit
 */
public record HealthLimits(Optional<Duration> backupAge, Optional<Duration> verificationAge) {

  public static final HealthLimits NONE = new HealthLimits(Optional.empty(), Optional.empty());
}
