package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;

/** The connection was lost during a commit, and the database could not be asked how that ended. */
public final class UnknownOutcomeException extends SQLException {

  UnknownOutcomeException(SQLException loss) {
    super(
        "the connection was lost during the commit, and the database cannot say whether it was done:"
            + " look at the data",
        loss.getSQLState(),
        loss);
  }
}
