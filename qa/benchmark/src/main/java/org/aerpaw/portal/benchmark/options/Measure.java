package org.aerpaw.portal.benchmark.options;

import java.util.Locale;

/** What can be measured. */
public enum Measure {
  /** Dumps of a server that has dumped before, compared with {@code pg_dump}. */
  DUMP,
  /** The first dump of a server that was just started, compared with {@code pg_dump}. */
  FIRST_DUMP,
  /** Diffs of the newest set and the unchanged database, compared with dumps. */
  DIFF,
  /**
   * Loads into empty tables, compared with {@code psql}, and loads of data that is unchanged or
   * slightly changed.
   */
  LOAD,
  /** Dumps and loads compared with Django's, at sizes for which Django is fast enough. */
  DJANGO;

  /** The name of the measure in the arguments. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
