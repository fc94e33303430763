package org.aerpaw.portal.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule runs, also when clocks change. */
class CronScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "* * * * *, 2026-01-01T00:01:00Z",
    "@hourly, 2026-01-01T01:00:00Z",
    "@daily, 2026-01-02T00:00:00Z",
    "@weekly, 2026-01-04T00:00:00Z",
    "30 2 * * *, 2026-01-01T02:30:00Z",
    "'*/20 8-10,20 * * mon-fri', 2026-01-01T08:00:00Z",
    "0 0 29 2 *, 2028-02-29T00:00:00Z",
    // As in crontab(5): either of the days if both are given.
    "0 0 13 * 5, 2026-01-02T00:00:00Z"
  })
  void expressionsOfCrontab(String expression, Instant next) {
    CronSchedule schedule = CronSchedule.parse(expression, ZoneOffset.UTC);

    assertThat(schedule.next(Instant.parse("2026-01-01T00:00:30Z"))).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "daily",
        "@reboot",
        "* * * *",
        "* * * * * *",
        "61 * * * *",
        "a b c d e",
        "*/0 * * * *",
        "5-1 * * * *",
        "0 0 30 2 *"
      })
  void otherExpressionsAreRefused(String expression) {
    assertThatThrownBy(() -> CronSchedule.parse(expression, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 2026-03-29T01:30:00Z",
    "Europe/Berlin, 2026-10-25, 2026-10-25T00:30:00Z",
    "America/New_York, 2026-03-08, 2026-03-08T07:30:00Z",
    "America/New_York, 2026-11-01, 2026-11-01T07:30:00Z"
  })
  void timeOfTheDayThatAChangeSkipsOrRepeatsRunsOnce(ZoneId zone, LocalDate day, Instant time) {
    CronSchedule schedule = CronSchedule.parse("30 2 * * *", zone);

    assertThat(times(schedule, day.atStartOfDay(zone).toInstant(), Duration.ofHours(24)))
        .containsExactly(time);
  }

  @Test
  void repeatedTimeRunsAtTheFirst() {
    CronSchedule schedule = CronSchedule.parse("30 1 * * *", NEW_YORK);

    assertThat(times(schedule, Instant.parse("2026-11-01T04:00:00Z"), Duration.ofHours(24)))
        .containsExactly(Instant.parse("2026-11-01T05:30:00Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-28T12:10:00Z", "2026-10-24T12:10:00Z"})
  void everyHourRunsEveryHourAcrossAChange(Instant from) {
    for (ZoneId zone : List.of(BERLIN, NEW_YORK, ZoneId.of("Australia/Lord_Howe"))) {
      List<Instant> times =
          times(CronSchedule.parse("*/30 * * * *", zone), from, Duration.ofHours(48));

      assertThat(times).hasSize(96);
    }
  }

  /** Every fixed time of a day runs once on each day of years, whatever the zone. */
  @ParameterizedTest
  @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"})
  void fixedTimesRunOnceADay(ZoneId zone) {
    CronSchedule schedule = CronSchedule.parse("10 1-3 * * *", zone);
    Instant from = Instant.parse("2025-01-01T12:00:00Z");

    List<Instant> times = times(schedule, from, Duration.ofDays(730));

    // 01:10, 02:10 and 03:10; where 02:10 does not exist, it is at 03:10 too, and they are one run.
    assertThat(times).hasSizeBetween(730 * 3 - 2, 730 * 3).isSorted().doesNotHaveDuplicates();
    assertThat(times.stream().map(time -> time.atZone(zone).toLocalDate()).distinct()).hasSize(730);
  }

  private static List<Instant> times(CronSchedule schedule, Instant after, Duration duration) {
    List<Instant> times = new ArrayList<>();
    Instant end = after.plus(duration);
    for (Instant time = schedule.next(after); !time.isAfter(end); time = schedule.next(time)) {
      times.add(time);
    }
    return times;
  }
}
