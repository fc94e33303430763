package org.aerpaw.portal.backup.model.column;

/** Collects warnings about converted values of one file. */
public final class ConversionWarnings {

  private boolean zoneMissing;

  void zoneMissing() {
    zoneMissing = true;
  }

  /** Whether UTC was assumed for a timestamp without a zone. */
  public boolean anyZoneMissing() {
    return zoneMissing;
  }
}
