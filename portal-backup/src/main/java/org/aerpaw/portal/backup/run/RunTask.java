package org.aerpaw.portal.backup.run;

import java.io.IOException;
import java.sql.SQLException;

/** What a run does. */
@FunctionalInterface
public interface RunTask {

  /**
   * Does it, whole or not at all.
   *
   * @return the report
   */
  RunReport run(RunContext context) throws RunFailedException, SQLException, IOException;
}
