package org.aerpaw.portal.backup.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The report of a completed run. Each {@link RunKind} has its own record, bound by JSON-B. */
public interface RunReport {

  /** The result in one line, for the log. */
  String summary();

  /** What an operator should know although the run succeeded, one sentence each. */
  List<String> warnings();

  /** A duration as reports state it: in seconds, to the millisecond. */
  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }
}
