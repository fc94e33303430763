package org.aerpaw.portal.backup.run;

import java.util.Locale;

/** What a run does. */
public enum RunKind {
  DUMP,
  LOAD,
  VERIFY;

  /** As HTTP and the history have it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
