package org.aerpaw.portal.backup.store.contents;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.retention.Retention;
import org.aerpaw.portal.backup.retention.RetentionCandidate;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.store.files.StoredCopy;

/**
 * What is to be copied to a store and what is to be deleted there. The store's retention decides on
 * both the copies and the sets that could be copied: a set whose copy it would delete is not copied
 * in the first place.
 */
public final class CopyPlan {

  /**
   * An unfinished copy that is not to be completed is deleted once the snapshot of its set is older
   * than this.
   */
  private static final Duration UNFINISHED_RETENTION = Duration.ofDays(7);

  private final List<SetState> candidates;
  private final StoreContents contents;
  private final Map<String, List<String>> reasons;
  private final Instant now;

  private CopyPlan(
      List<SetState> candidates,
      StoreContents contents,
      Map<String, List<String>> reasons,
      Instant now) {
    this.candidates = candidates;
    this.contents = contents;
    this.reasons = reasons;
    this.now = now;
  }

  /**
   * @param local the sets on this server, newest first
   */
  static CopyPlan of(
      List<SetState> local, StoreContents contents, RetentionRules rules, Instant now) {
    List<SetState> candidates = new ArrayList<>();
    // Newest first, as the rules need them.
    Map<String, RetentionCandidate> sets = new TreeMap<>(Collections.reverseOrder());
    for (StoreContents.Entry entry : contents.copies().values()) {
      entry
          .manifest()
          .ifPresent(
              manifest ->
                  sets.put(manifest.id(), storedSet(manifest, false, !entry.isComplete(), null)));
    }
    for (SetState state : local) {
      String id = state.set().id();
      boolean candidate = isCandidate(state);
      if (candidate) {
        candidates.add(state);
      }
      if (candidate || sets.containsKey(id)) {
        sets.put(
            id,
            storedSet(
                state.set().manifest(),
                state.verified().isPresent(),
                false,
                state.pin().map(Pin::reason).orElse(null)));
      }
    }
    return new CopyPlan(
        candidates, contents, Retention.reasons(List.copyOf(sets.values()), rules, now), now);
  }

  /**
   * Safety backups are for this server, and masked sets are not backups. Damaged sets, and those
   * whose last verification failed, are not copied.
   */
  private static boolean isCandidate(SetState state) {
    return !state.set().manifest().safetyBackup()
        && state.set().manifest().mask() == null
        && state.damagedFiles().isEmpty()
        && state.verification().filter(result -> !result.passed()).isEmpty();
  }

  private static RetentionCandidate storedSet(
      Manifest manifest, boolean verified, boolean damaged, String pinReason) {
    return new RetentionCandidate(
        manifest.id(),
        BackupCatalog.timestampOf(manifest.id()).orElseThrow(),
        RetentionCandidate.Kind.of(manifest),
        verified,
        false,
        damaged,
        false,
        pinReason);
  }

  /** The sets that are to be copied and of which there is no complete copy yet, newest first. */
  public List<BackupSet> pending() {
    return candidates.stream()
        .map(SetState::set)
        .filter(set -> !contents.hasComplete(set.id()) && !reasons(set.id()).isEmpty())
        .toList();
  }

  /** The rules that keep the copy of a set. */
  public List<String> reasons(String set) {
    return reasons.getOrDefault(set, List.of());
  }

  /** The ids of the sets whose copies are to be deleted. */
  public List<String> deletable() {
    return Stream.concat(
            contents.complete().stream().map(entry -> entry.copy().set()).filter(this::isUnwanted),
            contents.copies().values().stream()
                .map(StoreContents.Entry::copy)
                .filter(copy -> !copy.hasManifest() && isAbandoned(copy.set()))
                .map(StoredCopy::set))
        .toList();
  }

  private boolean isUnwanted(String set) {
    return reasons(set).isEmpty();
  }

  private boolean isAbandoned(String set) {
    Instant taken = BackupCatalog.timestampOf(set).orElseThrow();
    return isUnwanted(set) && taken.plus(UNFINISHED_RETENTION).isBefore(now);
  }
}
