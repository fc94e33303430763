package org.aerpaw.portal.cli.api;

import java.math.BigDecimal;
import java.util.List;

/** The report of a diff. */
public record DiffReport(
    String from,
    String to,
    List<ComparedModel> models,
    List<String> onlyInFrom,
    List<String> onlyInTo,
    List<DifferentObject> differences,
    List<String> warnings,
    BigDecimal seconds) {

  public record ComparedModel(String model, long added, long removed, long changed, long equal) {

    private long different() {
      return added + removed + changed;
    }
  }

  public record DifferentObject(String model, long pk, String change, List<ChangedField> fields) {}

  /**
   * @param values null if they were not requested or are secret
   */
  public record ChangedField(String name, Values values) {}

  public record Values(String from, String to) {}

  /** The number of all objects that differ, of which the report names the first. */
  public long different() {
    return models.stream().mapToLong(ComparedModel::different).sum();
  }

  public long equal() {
    return models.stream().mapToLong(ComparedModel::equal).sum();
  }
}
