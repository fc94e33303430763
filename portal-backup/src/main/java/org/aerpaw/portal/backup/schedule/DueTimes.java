package org.aerpaw.portal.backup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The times of a schedule that are past and not begun yet.
 *
 * @param times the oldest first; without gaps, but limited in number
 */
record DueTimes(List<Instant> times) {

  /** A dump that begins this late was missed, unless it had to wait for another run. */
  static final Duration LATE = Duration.ofMinutes(1);

  /** One time a minute for a week. */
  private static final int MAX_TIMES = 10_080;

  static DueTimes of(ScheduleState state, CronSchedule schedule, Instant now) {
    List<Instant> times = new ArrayList<>();
    for (Instant time = state.next();
        !time.isAfter(now) && times.size() < MAX_TIMES;
        time = schedule.next(time)) {
      times.add(time);
    }
    return new DueTimes(times);
  }

  boolean isEmpty() {
    return times.isEmpty();
  }

  /** The time to begin a dump for; the older ones are included in it. */
  Instant newest() {
    return times.get(times.size() - 1);
  }

  /**
   * The times at which no server was running.
   *
   * @param waited the newest time for which a dump is known to have waited; null for none
   */
  Optional<ScheduleState.Missed> missed(Instant waited, Instant now) {
    List<Instant> missed =
        times.stream()
            .filter(time -> waited == null || time.isAfter(waited))
            .filter(time -> Duration.between(time, now).compareTo(LATE) >= 0)
            .toList();
    return missed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ScheduleState.Missed(missed.size(), missed.get(0), missed.get(missed.size() - 1)));
  }
}
