package org.aerpaw.portal.backup.model.column;

/** What was unusual in values that could be converted all the same. One for each file. */
public final class ConversionWarnings {

  private boolean zoneMissing;

  void zoneMissing() {
    zoneMissing = true;
  }

  /** Whether a timestamp without a zone was taken as UTC. */
  public boolean anyZoneMissing() {
    return zoneMissing;
  }
}
