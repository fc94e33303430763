package org.aerpaw.portal.backup.load;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.load.fast.TableStrategy;
import org.aerpaw.portal.backup.load.source.SkippedCounts;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.selection.SelectionReport;

/**
 * Reports what a load did, or what a dry run would do.
 *
 * @param dryRun whether the changes were rolled back
 * @param safetyBackup the id of the safety backup; null unless the load was a replacing one and not
 *     a dry run
 * @param safetyBackupEncrypted whether loading that set needs a private key
 * @param objects the number of objects in all files; those that occur again with the same content
 *     count once
 * @param created the number of created rows of all models; likewise the other counts
 * @param models counts by label
 * @param selection the objects that were selected, and why; null if all objects were loaded
 * @param ignored the numbers of skipped objects of unknown models and of skipped values of unknown
 *     fields
 * @param strategies the strategy for each table, by label
 * @param stages the duration of each {@link LoadStage} in seconds, except the commit
 * @param seconds the duration of the load, without the commit
 */
@JsonbPropertyOrder({
  "dryRun",
  "safetyBackup",
  "safetyBackupEncrypted",
  "objects",
  "created",
  "updated",
  "unchanged",
  "deleted",
  "files",
  "models",
  "strategies",
  "selection",
  "ignored",
  "warnings",
  "stages",
  "seconds"
})
public record LoadReport(
    boolean dryRun,
    String safetyBackup,
    boolean safetyBackupEncrypted,
    long objects,
    long created,
    long updated,
    long unchanged,
    long deleted,
    List<LoadedFile> files,
    Map<String, Counts> models,
    Map<String, TableStrategy> strategies,
    SelectionReport selection,
    SkippedCounts ignored,
    List<String> warnings,
    Map<String, BigDecimal> stages,
    BigDecimal seconds)
    implements RunReport {

  static final LoadReport LOADED_BEFORE =
      new LoadReport(
          false,
          null,
          false,
          0,
          0,
          0,
          0,
          0,
          List.of(),
          Map.of(),
          Map.of(),
          null,
          new SkippedCounts(Map.of(), Map.of()),
          List.of("these files were loaded before; nothing to do"),
          Map.of(),
          BigDecimal.valueOf(0, 3));

  /** A file and the number of its objects. */
  @JsonbPropertyOrder({"name", "objects"})
  public record LoadedFile(String name, long objects) {}

  public LoadReport {
    files = List.copyOf(files);
    models = Collections.unmodifiableMap(new TreeMap<>(models));
    strategies = Collections.unmodifiableMap(new TreeMap<>(strategies));
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    warnings = List.copyOf(warnings);
  }

  /**
   * @param files the number of objects by file name
   * @param equalDuplicates the number of objects that occur again with the same content
   */
  static LoadReport of(
      boolean dryRun,
      Optional<BackupSet> safetyBackup,
      Map<String, Long> files,
      long equalDuplicates,
      Map<String, Counts> models,
      Map<String, TableStrategy> strategies,
      SelectionReport selection,
      SkippedCounts ignored,
      List<String> warnings,
      StageClock clock) {
    Counts all = models.values().stream().reduce(Counts.NONE, Counts::plus);
    return new LoadReport(
        dryRun,
        safetyBackup.map(BackupSet::id).orElse(null),
        safetyBackup.filter(set -> set.manifest().isEncrypted()).isPresent(),
        files.values().stream().mapToLong(Long::longValue).sum() - equalDuplicates,
        all.created(),
        all.updated(),
        all.unchanged(),
        all.deleted(),
        files.entrySet().stream()
            .map(file -> new LoadedFile(file.getKey(), file.getValue()))
            .toList(),
        models,
        strategies,
        selection,
        ignored,
        warnings,
        clock.seconds(),
        RunReport.seconds(clock.elapsed()));
  }

  @Override
  public String summary() {
    return "%s%s%d objects: %d created, %d updated, %d unchanged, %d deleted, %s seconds"
        .formatted(
            dryRun ? "dry run, " : "",
            safetyBackup == null ? "" : "safety backup " + safetyBackup + ", ",
            objects,
            created,
            updated,
            unchanged,
            deleted,
            seconds);
  }
}
