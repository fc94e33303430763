package org.aerpaw.portal.backup.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What all servers on a database know of the schedule.
 *
 * @param expression the expression that {@code next} comes from
 * @param zone its time zone
 * @param next the first time that was not begun yet; it may be past
 * @param running the time of the dump that is running; null if none is
 * @param last the last dump that was begun; null before the first one
 * @param missed the last times at which no server was running; null if that never happened
 * @param paused the last pause, which may be over; null if there was none
 */
public record ScheduleState(
    String expression,
    String zone,
    Instant next,
    Instant running,
    LastDump last,
    Missed missed,
    Pause paused) {

  /**
   * A dump of the schedule.
   *
   * @param due the time at which it should have begun
   * @param run the id of its run
   */
  public record LastDump(Instant due, String run) {}

  /**
   * Times at which no server was running, so that one dump was made later for all of them.
   *
   * @param times their number
   */
  public record Missed(int times, Instant first, Instant last) {

    /** A sentence for operators. */
    public String describe() {
      return times == 1
          ? "the scheduled dump of " + first + " was missed because no server was running"
          : "%d scheduled dumps from %s to %s were missed because no server was running"
              .formatted(times, first, last);
    }
  }

  /**
   * A period in which no scheduled dump begins.
   *
   * @param by the user who paused the schedule
   */
  public record Pause(Instant until, String reason, String by) {

    /** The first time of a schedule after the pause. */
    Instant next(CronSchedule schedule) {
      return schedule.next(until.minus(1, ChronoUnit.NANOS));
    }
  }

  static ScheduleState initial(CronSchedule schedule, Instant now) {
    return new ScheduleState(
        schedule.expression(), schedule.zone().getId(), schedule.next(now), null, null, null, null);
  }

  /** Adapts the state to changed settings. Times that are already overdue stay overdue. */
  ScheduleState adapted(CronSchedule schedule, Instant now) {
    if (expression.equals(schedule.expression()) && zone.equals(schedule.zone().getId())) {
      return this;
    }
    Instant adapted = next;
    if (next.isAfter(now)) {
      adapted = isPaused(now) ? paused.next(schedule) : schedule.next(now);
    }
    return new ScheduleState(
        schedule.expression(), schedule.zone().getId(), adapted, running, last, missed, paused);
  }

  boolean isPaused(Instant now) {
    return paused != null && now.isBefore(paused.until());
  }

  ScheduleState withNext(Instant time) {
    return new ScheduleState(expression, zone, time, running, last, missed, paused);
  }

  ScheduleState withRunning(Instant due) {
    return new ScheduleState(expression, zone, next, due, last, missed, paused);
  }

  ScheduleState withLast(LastDump dump) {
    return new ScheduleState(expression, zone, next, running, dump, missed, paused);
  }

  ScheduleState withMissed(Missed times) {
    return new ScheduleState(expression, zone, next, running, last, times, paused);
  }

  ScheduleState withPause(Pause pause) {
    return new ScheduleState(expression, zone, next, running, last, missed, pause);
  }
}
