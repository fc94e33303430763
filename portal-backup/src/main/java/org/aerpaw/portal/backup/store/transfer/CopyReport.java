package org.aerpaw.portal.backup.store.transfer;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.util.List;
import org.aerpaw.portal.backup.run.RunReport;

/**
 * The result of a copy of a set to a store.
 *
 * @param set the id of the set
 * @param objects the number of objects in all its files; null if it is unknown, since they are
 *     encrypted or have no manifest of their own
 * @param bytes the bytes of all its files, the manifest included
 * @param deletedCopies the sets whose copies were deleted by the retention of the store
 * @param seconds the duration
 */
@JsonbPropertyOrder({
  "store",
  "set",
  "objects",
  "bytes",
  "files",
  "deletedCopies",
  "warnings",
  "seconds"
})
public record CopyReport(
    String store,
    String set,
    Long objects,
    long bytes,
    List<CopiedFile> files,
    List<String> deletedCopies,
    List<String> warnings,
    BigDecimal seconds)
    implements RunReport {

  /**
   * One file.
   *
   * @param present whether the store had it before, with the same sha256
   */
  @JsonbPropertyOrder({"name", "bytes", "present"})
  public record CopiedFile(String name, long bytes, boolean present) {}

  public CopyReport {
    files = List.copyOf(files);
    deletedCopies = List.copyOf(deletedCopies);
    warnings = List.copyOf(warnings);
  }

  @Override
  public String summary() {
    long present = files.stream().filter(CopiedFile::present).count();
    return "set %s, %d bytes in %d files, %d of them already in the store, %s seconds"
        .formatted(set, bytes, files.size(), present, seconds);
  }
}
