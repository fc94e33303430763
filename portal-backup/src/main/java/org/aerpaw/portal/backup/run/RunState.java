package org.aerpaw.portal.backup.run;

import java.util.Locale;

/** How far a run is. */
public enum RunState {
  RUNNING,
  DONE,
  FAILED;

  /** As HTTP and the history have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
