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
 * @param objects the number of objects in all its files
 * @param seconds the duration
 */
@JsonbPropertyOrder({"set", "objects", "files", "warnings", "seconds"})
public record VerificationReport(
    String set, long objects, List<VerifiedFile> files, List<String> warnings, BigDecimal seconds)
    implements RunReport {

  /** One file of the set. */
  @JsonbPropertyOrder({"name", "objects", "bytes"})
  public record VerifiedFile(String name, long objects, long bytes) {}

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
                        file.getKey(), file.getValue().objects(), file.getValue().bytes()))
            .toList();
    return new VerificationReport(
        manifest.id(),
        manifest.objects(),
        files,
        warnings,
        BigDecimal.valueOf(duration.toMillis(), 3));
  }

  @Override
  public String summary() {
    return "set %s, %d objects, %s seconds".formatted(set, objects, seconds);
  }
}
