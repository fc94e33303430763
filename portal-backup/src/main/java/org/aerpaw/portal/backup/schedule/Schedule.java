package org.aerpaw.portal.backup.schedule;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.List;

/**
 * The schedule as the API shows it.
 *
 * @param expression the crontab expression; {@code off} if there is no schedule
 * @param zone its time zone
 * @param next the next three times; empty if there is no schedule
 * @param last the last dump that the schedule has begun; null before the first one
 * @param missed the last times at which no server was running; null if that never happened
 * @param paused the pause; null while the schedule is not paused
 */
@JsonbPropertyOrder({"expression", "zone", "next", "last", "missed", "paused"})
public record Schedule(
    String expression,
    String zone,
    List<Instant> next,
    ScheduleState.LastDump last,
    ScheduleState.Missed missed,
    ScheduleState.Pause paused) {

  static final String OFF = "off";

  /** The schedule of a server that has none. */
  static final Schedule NONE = new Schedule(OFF, "UTC", List.of(), null, null, null);

  public Schedule {
    next = List.copyOf(next);
  }
}
