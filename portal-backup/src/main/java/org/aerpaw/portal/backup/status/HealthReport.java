package org.aerpaw.portal.backup.status;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.binding.LowerCaseEnum;

/**
 * The health of the backups in the format {@code application/health+json}
 * (draft-inadarei-api-health-check-06). Contains no paths and no names of users.
 *
 * @param status the worst status of all checks
 * @param output the checks that did not pass, in one line; null if all passed
 * @param lastBackup the time of the newest complete backup; null if there is none
 * @param lastVerified when a backup was last verified; null if none was
 * @param lastCopy the time of the newest complete backup of which there is a copy; null if there is
 *     none, or if it is unknown yet
 * @param nextBackup the next time of the schedule; null if there is none
 * @param checks by name; each has one element
 */
@JsonbPropertyOrder({
  "status",
  "output",
  "lastBackup",
  "lastVerified",
  "lastCopy",
  "nextBackup",
  "checks"
})
public record HealthReport(
    Status status,
    String output,
    @JsonbNillable Instant lastBackup,
    @JsonbNillable Instant lastVerified,
    @JsonbNillable Instant lastCopy,
    @JsonbNillable Instant nextBackup,
    Map<String, List<Check>> checks) {

  /** From good to bad. */
  @JsonbTypeAdapter(Status.Adapter.class)
  public enum Status {
    PASS,
    WARN,
    FAIL;

    /** Binds the lower-case names. */
    public static final class Adapter extends LowerCaseEnum<Status> {
      public Adapter() {
        super(Status.class);
      }
    }
  }

  /**
   * One check.
   *
   * @param observedValue what was found; null if there is nothing to be found
   * @param observedUnit the unit of the value and of the limit: {@code s}, {@code bytes} or {@code
   *     1}
   * @param limit the threshold of the check, a minimum for {@code folder:free}; null if there is
   *     none
   * @param time when this was checked
   * @param output why it did not pass; null if it did
   */
  @JsonbPropertyOrder({"status", "observedValue", "observedUnit", "limit", "time", "output"})
  public record Check(
      Status status,
      Long observedValue,
      String observedUnit,
      Long limit,
      Instant time,
      String output) {}
}
