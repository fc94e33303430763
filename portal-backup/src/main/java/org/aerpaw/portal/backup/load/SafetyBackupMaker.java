package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Makes the safety backup of a replacing load. */
@FunctionalInterface
public interface SafetyBackupMaker {

  /**
   * Dumps the whole database to a new set without applying retention. The transaction of the load
   * is open meanwhile, but has not changed anything yet.
   *
   * @param load the run of the load
   * @return the id of the set
   */
  String make(RunContext load) throws RunFailedException, SQLException, IOException;
}
