package org.aerpaw.portal.backup.dump;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.encryption.SetEncryption;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.selection.SelectionReport;

/**
 * The result of a dump.
 *
 * @param set the id of the new set
 * @param complete whether the set contains every app of a default dump, each with all its models;
 *     such a set became {@code latest} unless it is masked
 * @param objects the number of objects that were written; carried-forward files do not count
 * @param externalReferences references to models that the set does not hold
 * @param selection the objects that were selected, and why; null unless objects were requested
 * @param seconds the duration
 */
@JsonbPropertyOrder({
  "set",
  "complete",
  "objects",
  "files",
  "externalReferences",
  "selection",
  "warnings",
  "seconds"
})
public record DumpReport(
    String set,
    boolean complete,
    long objects,
    List<DumpedFile> files,
    List<Manifest.ExternalReference> externalReferences,
    SelectionReport selection,
    List<String> warnings,
    BigDecimal seconds)
    implements RunReport {

  /**
   * One file of the set.
   *
   * @param carriedForward whether it is the previous set's file
   */
  @JsonbPropertyOrder({"name", "objects", "bytes", "carriedForward"})
  public record DumpedFile(String name, long objects, long bytes, boolean carriedForward) {}

  public DumpReport {
    files = List.copyOf(files);
    externalReferences = List.copyOf(externalReferences);
    warnings = List.copyOf(warnings);
  }

  /**
   * @param manifest of the files before their encryption
   * @param published the manifest of the set; the same as {@code manifest} unless the set is
   *     encrypted
   * @param carriedForward the names of the files that are the previous set's
   */
  static DumpReport of(
      Manifest manifest,
      Manifest published,
      Collection<String> carriedForward,
      SelectionReport selection,
      List<String> warnings,
      Duration duration) {
    List<DumpedFile> files =
        manifest.files().entrySet().stream()
            .map(
                file -> {
                  String name =
                      published.isEncrypted()
                          ? SetEncryption.encryptedName(file.getKey())
                          : file.getKey();
                  return new DumpedFile(
                      name,
                      file.getValue().objects(),
                      published.files().get(name).bytes(),
                      carriedForward.contains(name));
                })
            .toList();
    return new DumpReport(
        manifest.id(),
        manifest.complete(),
        files.stream().filter(file -> !file.carriedForward()).mapToLong(DumpedFile::objects).sum(),
        files,
        manifest.externalReferences(),
        selection,
        warnings,
        RunReport.seconds(duration));
  }

  @Override
  public String summary() {
    return "set %s (%s), %d objects, %s seconds"
        .formatted(set, complete ? "complete" : "partial", objects, seconds);
  }
}
