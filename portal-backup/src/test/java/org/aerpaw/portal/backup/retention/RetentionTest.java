package org.aerpaw.portal.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.retention.RetentionCandidate.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of retention, without files. */
class RetentionTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void calendarRulesShouldNameTheirPeriods() {
    List<RetentionCandidate> sets =
        newestFirst("2026-01-01T12:00:00Z", "2025-12-31T12:00:00Z", "2025-12-28T12:00:00Z");
    var rules = new RetentionRules(1, 1, 2, 9, 2, 9, Duration.ofHours(24), 0, ZoneOffset.UTC);

    assertThat(reasons(sets, rules).values())
        .containsExactly(
            List.of(
                "newest",
                "last 1",
                "within 24h",
                "hourly 2026-01-01T12Z",
                "daily 2026-01-01",
                "weekly 2026-W01",
                "monthly 2026-01",
                "yearly 2026"),
            List.of("within 24h", "daily 2025-12-31", "monthly 2025-12", "yearly 2025"),
            List.of("weekly 2025-W52"));
  }

  @Test
  void daysShouldBeThoseOfTheZone() {
    List<RetentionCandidate> sets = newestFirst("2026-06-01T22:30:00Z", "2026-06-01T21:30:00Z");
    var rules = new RetentionRules(1, 0, 9, 0, 0, 0, Duration.ZERO, 0, BERLIN);

    assertThat(reasons(sets, rules).values())
        .containsExactly(
            List.of("newest", "last 1", "daily 2026-06-02"), List.of("daily 2026-06-01"));
  }

  @Test
  void hourThatAChangeOfTheClockRepeatsShouldBeTwoHours() {
    List<RetentionCandidate> sets = newestFirst("2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z");
    var rules = new RetentionRules(1, 9, 0, 0, 0, 0, Duration.ZERO, 0, BERLIN);

    assertThat(reasons(sets, rules).values())
        .containsExactly(
            List.of("newest", "last 1", "hourly 2026-10-25T02+01:00"),
            List.of("hourly 2026-10-25T02+02:00"));
  }

  @Test
  void atLeastOneSetShouldBeKept() {
    assertThatThrownBy(() -> RetentionRules.keepLast(0, ZoneOffset.UTC))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one set must be kept, not 0");
  }

  /** Years of sets, hourly, daily or at any time, with gaps and across changes of the clock. */
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"})
  void ruleByRuleSearchShouldKeepTheSameSets(String zone) {
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      List<RetentionCandidate> sets = randomSets(random);
      RetentionRules rules = randomRules(random, ZoneId.of(zone));
      Set<String> kept = new LinkedHashSet<>();
      reasons(sets, rules)
          .forEach(
              (set, reasons) -> {
                if (!reasons.isEmpty()) {
                  kept.add(set);
                }
              });

      assertThat(kept)
          .as("seed %s, %s", seed, rules)
          .containsExactlyInAnyOrderElementsOf(new Naive(sets, rules).kept());
    }
  }

  /** The rules once more, each as a search through all sets and without names of periods. */
  private record Naive(List<RetentionCandidate> sets, RetentionRules rules) {

    Set<String> kept() {
      Set<String> kept = new HashSet<>();
      for (RetentionCandidate set : sets) {
        if (set.latest() || set.damaged() || set.inUse() || set.pinReason() != null) {
          kept.add(set.id());
        }
        boolean young = Duration.between(set.taken(), now(sets)).compareTo(Duration.ofDays(7)) < 0;
        if (set.kind() == Kind.SAFETY_BACKUP && young) {
          kept.add(set.id());
        }
        if (newerThan(set, other -> true) == 0
            || isWhole(set) && newerThan(set, this::isWhole) == 0
            || isVerified(set) && newerThan(set, this::isVerified) == 0) {
          kept.add(set.id());
        }
        if (isWhole(set) && keptByRule(set)
            || isPartial(set) && newerThan(set, this::isPartial) < rules.partial()
            || isMasked(set) && newerThan(set, this::isMasked) < rules.partial()) {
          kept.add(set.id());
        }
      }
      return kept;
    }

    private boolean keptByRule(RetentionCandidate set) {
      Instant newest = sets.stream().filter(this::isWhole).findFirst().orElseThrow().taken();
      return newerThan(set, this::isWhole) < rules.last()
          || !rules.within().isZero() && !set.taken().plus(rules.within()).isBefore(newest)
          || inPeriods(set, rules.hourly(), RetentionTest::startOfHour)
          || inPeriods(set, rules.daily(), ZonedDateTime::toLocalDate)
          || inPeriods(set, rules.weekly(), RetentionTest::monday)
          || inPeriods(set, rules.monthly(), t -> t.toLocalDate().withDayOfMonth(1))
          || inPeriods(set, rules.yearly(), ZonedDateTime::getYear);
    }

    /** Whether the set is the newest of its period, and few periods with sets are newer. */
    private boolean inPeriods(
        RetentionCandidate set, int number, Function<ZonedDateTime, Object> periodOf) {
      Object own = periodOf.apply(set.taken().atZone(rules.zone()));
      Set<Object> newer = new HashSet<>();
      for (RetentionCandidate other : sets) {
        if (isWhole(other) && other.id().compareTo(set.id()) > 0) {
          newer.add(periodOf.apply(other.taken().atZone(rules.zone())));
        }
      }
      return !newer.contains(own) && newer.size() < number;
    }

    private long newerThan(RetentionCandidate set, Predicate<RetentionCandidate> kind) {
      return sets.stream().filter(kind).filter(other -> other.id().compareTo(set.id()) > 0).count();
    }

    private boolean isWhole(RetentionCandidate set) {
      return set.kind() == Kind.COMPLETE && !set.damaged();
    }

    private boolean isPartial(RetentionCandidate set) {
      return set.kind() == Kind.PARTIAL && !set.damaged();
    }

    private boolean isMasked(RetentionCandidate set) {
      return set.kind() == Kind.MASKED && !set.damaged();
    }

    private boolean isVerified(RetentionCandidate set) {
      return set.verified() && !set.damaged() && set.kind() != Kind.MASKED;
    }
  }

  private static Instant startOfHour(ZonedDateTime time) {
    return time.toInstant().minusSeconds(time.getMinute() * 60L + time.getSecond());
  }

  private static LocalDate monday(ZonedDateTime time) {
    return time.toLocalDate().minusDays(time.getDayOfWeek().getValue() - 1L);
  }

  private static List<RetentionCandidate> randomSets(Random random) {
    List<Duration> intervals =
        List.of(
            Duration.ofMinutes(20), Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(9));
    List<RetentionCandidate> sets = new ArrayList<>();
    Instant time = Instant.parse("2023-12-28T00:00:00Z").plusSeconds(random.nextInt(100_000));
    while (sets.size() < 300) {
      Duration interval = intervals.get(random.nextInt(intervals.size()));
      for (int i = random.nextInt(40); i >= 0; i--) {
        time = time.plus(interval);
        sets.add(randomSet(time, random));
      }
    }
    sets.sort(Comparator.comparing(RetentionCandidate::id).reversed());
    return sets;
  }

  private static RetentionCandidate randomSet(Instant taken, Random random) {
    Kind kind = random.nextInt(5) > 0 ? Kind.COMPLETE : Kind.values()[random.nextInt(4)];
    return new RetentionCandidate(
        taken.toString(),
        taken,
        kind,
        random.nextInt(50) == 0,
        random.nextInt(200) == 0,
        random.nextInt(50) == 0,
        random.nextInt(200) == 0,
        random.nextInt(100) == 0 ? "a test" : null);
  }

  private static RetentionRules randomRules(Random random, ZoneId zone) {
    return new RetentionRules(
        1 + random.nextInt(12),
        random.nextInt(48),
        random.nextInt(14),
        random.nextInt(8),
        random.nextInt(12),
        random.nextInt(3),
        Duration.ofHours(random.nextInt(72)),
        random.nextInt(10),
        zone);
  }

  private static Map<String, List<String>> reasons(
      List<RetentionCandidate> sets, RetentionRules rules) {
    return Retention.reasons(sets, rules, now(sets));
  }

  /** A minute after the newest set. */
  private static Instant now(List<RetentionCandidate> sets) {
    return sets.get(0).taken().plusSeconds(60);
  }

  private static List<RetentionCandidate> newestFirst(String... times) {
    return Stream.of(times)
        .map(Instant::parse)
        .map(
            time ->
                new RetentionCandidate(
                    time.toString(), time, Kind.COMPLETE, false, false, false, false, null))
        .toList();
  }
}
