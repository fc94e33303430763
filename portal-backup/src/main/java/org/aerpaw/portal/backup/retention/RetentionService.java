package org.aerpaw.portal.backup.retention;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.retention.RetentionReport.Entry;

/** Applies the retention rules to the backup sets of a catalog. */
public final class RetentionService {

  private static final Logger LOG = System.getLogger(RetentionService.class.getName());

  private final BackupCatalog catalog;
  private final RetentionRules rules;
  private final InstantSource clock;

  public RetentionService(BackupCatalog catalog, RetentionRules rules, InstantSource clock) {
    this.catalog = catalog;
    this.rules = rules;
    this.clock = clock;
  }

  /** What {@link #apply} would do now. */
  public RetentionReport plan() throws IOException {
    List<Entry> entries = new ArrayList<>();
    reasons(catalog.states())
        .forEach((set, reasons) -> entries.add(new Entry(set, !reasons.isEmpty(), reasons)));
    return new RetentionReport(entries, List.of());
  }

  /**
   * Deletes the sets that no rule keeps. A failure is a warning, since it must not fail the dump
   * that was published before. No run other than the calling one may be in progress.
   */
  public RetentionReport apply() {
    List<String> warnings = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    try {
      for (Entry entry : plan().sets()) {
        entries.add(entry.kept() ? entry : delete(entry, warnings));
      }
    } catch (IOException e) {
      warnings.add(
          "no old sets were deleted, because not all sets can be read; the server log says why");
      LOG.log(Level.WARNING, "no old sets were deleted: {0}", e.toString());
    }
    return new RetentionReport(entries, warnings);
  }

  private Entry delete(Entry entry, List<String> warnings) {
    try {
      catalog.remove(entry.set());
      return entry;
    } catch (IOException e) {
      warnings.add("the set " + entry.set() + " cannot be deleted; the server log says why");
      LOG.log(Level.WARNING, "the set {0} cannot be deleted: {1}", entry.set(), e.toString());
      return new Entry(entry.set(), true, List.of("cannot be deleted"));
    }
  }

  /**
   * The reasons to keep each set.
   *
   * @param states all sets, newest first
   * @return by id, newest first; a set without reasons is deleted after the next dump or replacing
   *     load
   */
  public Map<String, List<String>> reasons(List<SetState> states) throws IOException {
    Optional<String> latest = catalog.latestId();
    List<RetentionCandidate> sets = new ArrayList<>();
    for (SetState state : states) {
      BackupSet set = state.set();
      sets.add(
          new RetentionCandidate(
              set.id(),
              set.taken(),
              RetentionCandidate.Kind.of(set.manifest()),
              state.verified().isPresent(),
              latest.filter(set.id()::equals).isPresent(),
              !state.damagedFiles().isEmpty(),
              catalog.isReserved(set),
              state.pin().map(Pin::reason).orElse(null)));
    }
    return Retention.reasons(sets, rules, clock.instant());
  }
}
