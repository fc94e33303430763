package org.aerpaw.portal.backup.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;

/**
 * A crontab expression in a time zone.
 *
 * <p>When clocks change, it does as cron does. With fixed hours, each time occurs exactly once: a
 * time that is skipped is moved forward by the change, and of a time that occurs twice, the first
 * is used. An expression whose hour field begins with {@code *}, also with a step, follows the time
 * that really passes.
 */
public final class CronSchedule {

  private static final Map<String, String> NICKNAMES =
      Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *", "@weekly", "0 0 * * 0");

  /** No change of the clocks is larger. */
  private static final Duration MAX_CHANGE = Duration.ofHours(24);

  /** How many intervals are examined to find the longest one. */
  private static final int SAMPLE = 100;

  private final String expression;
  private final ZoneId zone;
  private final ExecutionTime times;
  private final boolean everyHour;

  private CronSchedule(String expression, ZoneId zone, String fields) {
    this.expression = expression;
    this.zone = zone;
    var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    times = ExecutionTime.forCron(parser.parse(fields).validate());
    everyHour = fields.strip().split("\\s+")[1].startsWith("*");
  }

  /**
   * Parses an expression.
   *
   * @param expression minute, hour, day of the month, month and day of the week as in crontab(5),
   *     or {@code @hourly}, {@code @daily} or {@code @weekly}
   * @throws IllegalArgumentException if it is none of these, or if no time matches it
   */
  public static CronSchedule parse(String expression, ZoneId zone) {
    var schedule =
        new CronSchedule(expression, zone, NICKNAMES.getOrDefault(expression, expression));
    if (schedule.nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
      throw new IllegalArgumentException("no time matches " + expression);
    }
    return schedule;
  }

  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The first time after another. */
  public Instant next(Instant after) {
    return everyHour ? nextOfEveryHour(after) : nextOfFixedHours(after);
  }

  /** The longest interval between consecutive times. */
  public Duration longestInterval(Instant from) {
    Duration longest = Duration.ZERO;
    Instant time = next(from);
    for (int i = 0; i < SAMPLE; i++) {
      Instant following = next(time);
      Duration interval = Duration.between(time, following);
      longest = longest.compareTo(interval) < 0 ? interval : longest;
      time = following;
    }
    return longest;
  }

  /** Uses the current UTC offset up to the next change of the clocks, and the new one after it. */
  private Instant nextOfEveryHour(Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after;
    ZoneOffset offset = rules.getOffset(after);
    ZoneOffsetTransition change = rules.nextTransition(after);
    for (; ; ) {
      Instant next = nextLocalOrThrow(LocalDateTime.ofInstant(from, offset)).toInstant(offset);
      if (change == null || next.isBefore(change.getInstant())) {
        return next;
      }
      // A time at the change itself counts.
      from = change.getInstant().minusNanos(1);
      offset = change.getOffsetAfter();
      change = rules.nextTransition(change.getInstant());
    }
  }

  /** Begins before the last change, to find the times that it has moved. */
  private Instant nextOfFixedHours(Instant after) {
    ZoneOffsetTransition change = zone.getRules().previousTransition(after.plusNanos(1));
    boolean recent = change != null && change.getInstant().isAfter(after.minus(MAX_CHANGE));
    Instant from = recent ? change.getInstant().minusNanos(1) : after;
    LocalDateTime local = LocalDateTime.ofInstant(from, zone);
    Instant next;
    do {
      local = nextLocalOrThrow(local);
      next = local.atZone(zone).toInstant();
    } while (!next.isAfter(after));
    return next;
  }

  private LocalDateTime nextLocalOrThrow(LocalDateTime after) {
    return nextLocal(after).orElseThrow();
  }

  /** Computes in UTC, where no clock changes. */
  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(time -> time.toLocalDateTime());
  }
}
