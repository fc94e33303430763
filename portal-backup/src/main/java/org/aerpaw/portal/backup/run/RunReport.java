package org.aerpaw.portal.backup.run;

import java.util.List;

/** What a completed run did. Every {@link RunKind} has a record of its own, which JSON-B binds. */
public interface RunReport {

  /** The result in one line, for the log. */
  String summary();

  /** What an operator should know although the run succeeded, one sentence each. */
  List<String> warnings();
}
