package org.aerpaw.portal.backup.run;

import java.util.List;

/** The report of a completed run. Each {@link RunKind} has its own record, bound by JSON-B. */
public interface RunReport {

  /** The result in one line, for the log. */
  String summary();

  /** What an operator should know although the run succeeded, one sentence each. */
  List<String> warnings();
}
