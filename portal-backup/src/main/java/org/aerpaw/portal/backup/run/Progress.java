package org.aerpaw.portal.backup.run;

/**
 * How far a run has come.
 *
 * @param app the app or file it is at, null before the first
 * @param model the model it is at, null where that is not one
 * @param objects dealt with so far, of all
 * @param total to deal with, 0 while it is not known
 */
public record Progress(String app, String model, long objects, long total) {

  public static final Progress NONE = new Progress(null, null, 0, 0);
}
