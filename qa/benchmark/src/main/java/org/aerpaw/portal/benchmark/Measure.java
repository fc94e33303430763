package org.aerpaw.portal.benchmark;

import java.util.Locale;

/** What can be measured. */
enum Measure {
  /** Of a server that has dumped before, beside {@code pg_dump}. */
  DUMP,
  /** Of a server that was just started, beside {@code pg_dump}. */
  FIRST_DUMP,
  /** Of the set that was dumped last with the unchanged database, beside dumps. */
  DIFF,
  /** Into empty tables beside {@code psql}, and of data that is unchanged or a little changed. */
  LOAD,
  /** Dumps and loads beside Django's, at sizes for which it is fast enough. */
  DJANGO;

  /** As it stands among the words. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
