package org.aerpaw.portal.backup.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.aerpaw.portal.backup.retention.RetentionCandidate.Kind;

/** Finds the reasons to keep each backup set. */
public final class Retention {

  /**
   * Safety backups are kept at least this long. The rules of PORTAL_KEEP_LAST to PORTAL_KEEP_YEARLY
   * neither keep nor count them.
   */
  static final Duration SAFETY_BACKUP_AGE = Duration.ofDays(7);

  // When the clocks go back, an hour occurs twice; the offset in the name tells the two apart.
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHXXX");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd");
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM");
  private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu");
  private static final DateTimeFormatter ISO_WEEK =
      new DateTimeFormatterBuilder()
          .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
          .appendLiteral("-W")
          .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
          .toFormatter();

  /** Newest first. */
  private final List<RetentionCandidate> sets;

  private final RetentionRules rules;

  /** The complete sets that the rules count, newest first. */
  private final List<RetentionCandidate> complete;

  /** The reasons by set, in the order of the sets. */
  private final Map<String, List<String>> reasons = new LinkedHashMap<>();

  private Retention(List<RetentionCandidate> sets, RetentionRules rules) {
    this.sets = sets;
    this.rules = rules;
    complete = counted(Kind.COMPLETE);
    sets.forEach(set -> reasons.put(set.id(), new ArrayList<>()));
  }

  /**
   * Applies the rules.
   *
   * @param sets newest first
   * @param now decides the age of safety backups
   * @return the reasons to keep each set, in the same order; a set without reasons can be deleted
   */
  public static Map<String, List<String>> reasons(
      List<RetentionCandidate> sets, RetentionRules rules, Instant now) {
    var retention = new Retention(sets, rules);
    retention.protect(now);
    retention.applyRules();
    return retention.reasons;
  }

  /** The sets of a kind. A damaged set is not a backup, so it must not take the place of one. */
  private List<RetentionCandidate> counted(Kind kind) {
    return sets.stream().filter(set -> set.kind() == kind && !set.damaged()).toList();
  }

  private void protect(Instant now) {
    keepNewest(set -> true, "newest");
    if (!complete.isEmpty() && !complete.get(0).equals(sets.get(0))) {
      keepIf(true, complete.get(0), "newest complete");
    }
    keepNewest(
        set -> set.verified() && !set.damaged() && set.kind() != Kind.MASKED, "newest verified");
    for (RetentionCandidate set : sets) {
      keepIf(set.latest(), set, "latest");
      keepIf(set.pinReason() != null, set, "pinned: " + set.pinReason());
      keepIf(set.damaged(), set, "damaged");
      keepIf(set.inUse(), set, "in use");
      keepIf(
          set.kind() == Kind.SAFETY_BACKUP && set.taken().plus(SAFETY_BACKUP_AGE).isAfter(now),
          set,
          "safety backup less than 7 days old");
    }
  }

  private void applyRules() {
    keepFirst(rules.last(), complete, "last " + rules.last());
    keepFirst(rules.partial(), counted(Kind.PARTIAL), "last " + rules.partial() + " partial");
    keepFirst(rules.partial(), counted(Kind.MASKED), "last " + rules.partial() + " masked");
    keepWithin();
    keepNewestOfEach(HOUR, rules.hourly(), "hourly ");
    keepNewestOfEach(DAY, rules.daily(), "daily ");
    keepNewestOfEach(ISO_WEEK, rules.weekly(), "weekly ");
    keepNewestOfEach(MONTH, rules.monthly(), "monthly ");
    keepNewestOfEach(YEAR, rules.yearly(), "yearly ");
  }

  private void keepNewest(Predicate<RetentionCandidate> filter, String reason) {
    sets.stream().filter(filter).findFirst().ifPresent(set -> keepIf(true, set, reason));
  }

  private void keepFirst(int number, List<RetentionCandidate> newestFirst, String reason) {
    newestFirst.stream().limit(number).forEach(set -> keepIf(true, set, reason));
  }

  private void keepWithin() {
    if (!complete.isEmpty() && rules.within().compareTo(Duration.ZERO) > 0) {
      Instant oldest = complete.get(0).taken().minus(rules.within());
      for (RetentionCandidate set : complete) {
        keepIf(!set.taken().isBefore(oldest), set, "within " + text(rules.within()));
      }
    }
  }

  /**
   * @param name formats the name of the period of a set
   * @param number the number of periods to keep a set of; periods without a set do not count
   */
  private void keepNewestOfEach(DateTimeFormatter name, int number, String rule) {
    Set<String> periods = new HashSet<>();
    for (RetentionCandidate set : complete) {
      String current = name.format(set.taken().atZone(rules.zone()));
      if (periods.size() == number && !periods.contains(current)) {
        return;
      }
      keepIf(periods.add(current), set, rule + current);
    }
  }

  /** Such as 48h or 1m30s; days are shown as hours. */
  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private void keepIf(boolean kept, RetentionCandidate set, String reason) {
    List<String> known = reasons.get(set.id());
    if (kept && !known.contains(reason)) {
      known.add(reason);
    }
  }
}
