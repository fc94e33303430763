package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Keeps what a replacing load could take away. */
@FunctionalInterface
public interface BackupTask {

  /**
   * Publishes all that the database holds as a set, and removes no older one for it. The load waits
   * for it in its own transaction, which has changed nothing yet.
   *
   * @param load which it is a part of
   * @return the set's id
   */
  String take(RunContext load) throws RunFailedException, SQLException, IOException;
}
