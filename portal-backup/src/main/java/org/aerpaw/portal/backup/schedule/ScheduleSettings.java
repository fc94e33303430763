package org.aerpaw.portal.backup.schedule;

import java.util.Optional;

/**
 * The runs that start automatically.
 *
 * @param dumps when all apps are dumped; empty for never
 * @param verifyAfterDump whether each of these sets is verified
 */
public record ScheduleSettings(Optional<CronSchedule> dumps, boolean verifyAfterDump) {

  public static final ScheduleSettings OFF = new ScheduleSettings(Optional.empty(), true);
}
