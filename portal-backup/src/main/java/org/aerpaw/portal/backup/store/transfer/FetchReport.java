package org.aerpaw.portal.backup.store.transfer;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.util.List;
import org.aerpaw.portal.backup.run.RunReport;

/**
 * The result of a fetch of a set from a store.
 *
 * @param set the id of the set
 * @param objects the number of objects in all its files; null if it is unknown, since they are
 *     encrypted or have no manifest of their own
 * @param bytes the bytes of all its files, the manifest excluded
 * @param seconds the duration
 */
@JsonbPropertyOrder({"store", "set", "objects", "bytes", "warnings", "seconds"})
public record FetchReport(
    String store, String set, Long objects, long bytes, List<String> warnings, BigDecimal seconds)
    implements RunReport {

  public FetchReport {
    warnings = List.copyOf(warnings);
  }

  @Override
  public String summary() {
    return "set %s, %d bytes, %s seconds".formatted(set, bytes, seconds);
  }
}
