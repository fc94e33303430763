package org.aerpaw.portal.backup.retention;

import java.time.Duration;
import java.time.ZoneId;

/**
 * How many backup sets are kept. A complete set is kept if any of the rules keeps it.
 *
 * @param last the number of newest sets, at least one
 * @param hourly the number of hours of which the newest set is kept; hours without a set do not
 *     count
 * @param daily the same for days
 * @param weekly the same for ISO weeks
 * @param monthly the same for months
 * @param yearly the same for years
 * @param within complete sets at most this much older than the newest complete one are kept; zero
 *     for none
 * @param partial the number of newest partial sets, and that of newest masked sets
 * @param zone the time zone of hours, days, weeks, months and years
 */
public record RetentionRules(
    int last,
    int hourly,
    int daily,
    int weekly,
    int monthly,
    int yearly,
    Duration within,
    int partial,
    ZoneId zone) {

  /** How many newest sets are kept by default, and how many partial ones. */
  public static final int DEFAULT_NUMBER = 10;

  public RetentionRules {
    if (last < 1) {
      throw new IllegalArgumentException("at least one set must be kept, not " + last);
    }
  }

  /** Keeps the newest sets and no older ones. */
  public static RetentionRules keepLast(int last, ZoneId zone) {
    return new RetentionRules(last, 0, 0, 0, 0, 0, Duration.ZERO, DEFAULT_NUMBER, zone);
  }
}
