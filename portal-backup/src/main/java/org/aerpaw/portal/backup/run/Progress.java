package org.aerpaw.portal.backup.run;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * The progress of a run.
 *
 * @param app the app or file in progress; null before the first one
 * @param model the model in progress; null if unknown
 * @param stage the stage in progress, for kinds of run that have stages; null otherwise
 * @param objects the number of objects processed so far
 * @param total the number of objects to process; 0 while it is unknown
 */
@JsonbPropertyOrder({"app", "model", "stage", "objects", "total"})
public record Progress(String app, String model, String stage, long objects, long total) {

  public static final Progress NONE = new Progress(null, null, null, 0, 0);
}
