package org.aerpaw.portal.cli.api;

import java.math.BigDecimal;
import java.util.List;

/** A run as the API describes it. Members that the API omits are null. */
public record Run(
    String id,
    String kind,
    String state,
    String requestedBy,
    String started,
    String finished,
    Progress progress,
    Report report,
    List<FixtureError> errors) {

  /**
   * @param waitingFor the locked table that the run waits for; null if it does not wait
   */
  public record Progress(
      String app, String model, String stage, String waitingFor, Long objects, Long total) {}

  /**
   * The report of a run of any kind but a diff, with the members of all of them. That of a diff is
   * a {@link DiffReport}.
   */
  public record Report(
      String set,
      Boolean dryRun,
      String safetyBackup,
      Boolean safetyBackupEncrypted,
      Long objects,
      Long created,
      Long updated,
      Long unchanged,
      Long deleted,
      Long bytes,
      List<ReportedFile> files,
      Selection selection,
      List<String> warnings,
      BigDecimal seconds) {

    @Override
    public List<String> warnings() {
      return warnings == null ? List.of() : warnings;
    }

    @Override
    public List<ReportedFile> files() {
      return files == null ? List.of() : files;
    }
  }

  /**
   * The selected objects of a dump or load of some objects.
   *
   * @param more the number of objects that are not listed
   */
  public record Selection(List<SelectedObject> objects, Long more) {}

  public record SelectedObject(String model, Long pk, String reason) {}

  /**
   * @param present whether the store had the file before; null unless the run is a copy
   */
  public record ReportedFile(String name, Long objects, Boolean present) {}

  public boolean isRunning() {
    return "running".equals(state);
  }

  public boolean isDone() {
    return "done".equals(state);
  }
}
