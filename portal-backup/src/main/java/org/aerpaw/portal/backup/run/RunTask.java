package org.aerpaw.portal.backup.run;

import java.io.IOException;
import java.sql.SQLException;

/** The work of a run. */
@FunctionalInterface
public interface RunTask {

  /**
   * Does the work, completely or not at all.
   *
   * @return the report
   */
  RunReport run(RunContext context) throws RunFailedException, SQLException, IOException;
}
