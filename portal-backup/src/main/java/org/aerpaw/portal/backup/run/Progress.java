package org.aerpaw.portal.backup.run;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The progress of a run.
 *
 * @param app the app or file in progress; null before the first one
 * @param model the model in progress; null if unknown
 * @param stage the stage in progress; null for work that has none
 * @param waitingFor the table that the run waits for, and who has locked it; null while it does not
 *     wait
 * @param objects the number of objects processed so far
 * @param total the number of objects to process; 0 while it is unknown
 */
@JsonbPropertyOrder({"app", "model", "stage", "waitingFor", "objects", "total"})
public record Progress(
    String app, String model, String stage, String waitingFor, long objects, long total) {

  public static final Progress NONE = of(null, null, null, 0, 0);

  /** The progress of a run that does not wait. */
  public static Progress of(String app, String model, String stage, long objects, long total) {
    return new Progress(app, model, stage, null, objects, total);
  }

  public Progress waitingFor(String description) {
    return new Progress(app, model, stage, description, objects, total);
  }
}
