package org.aerpaw.portal.backup.verify;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.run.RunReport;

/**
 * The result of a verification that passed.
 *
 * @param set the id of the verified set
 * @param objects the number of objects in all its files; null if they are encrypted
 * @param seconds the duration
 */
@JsonbPropertyOrder({"set", "objects", "files", "warnings", "seconds"})
public record VerificationReport(
    String set, Long objects, List<VerifiedFile> files, List<String> warnings, BigDecimal seconds)
    implements RunReport {

  /**
   * One file of the set.
   *
   * @param objects the number of its objects; null if it is encrypted
   */
  @JsonbPropertyOrder({"name", "objects", "bytes"})
  public record VerifiedFile(String name, Long objects, long bytes) {}

  public VerificationReport {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  static VerificationReport of(Manifest manifest, List<String> warnings, Duration duration) {
    List<VerifiedFile> files =
        manifest.files().entrySet().stream()
            .map(
                file ->
                    new VerifiedFile(
                        file.getKey(),
                        manifest.isEncrypted() ? null : Long.valueOf(file.getValue().objects()),
                        file.getValue().bytes()))
            .toList();
    return new VerificationReport(
        manifest.id(), manifest.knownObjects(), files, warnings, RunReport.seconds(duration));
  }

  @Override
  public String summary() {
    return "set %s, %s, %s seconds"
        .formatted(set, objects == null ? "encrypted" : objects + " objects", seconds);
  }
}
