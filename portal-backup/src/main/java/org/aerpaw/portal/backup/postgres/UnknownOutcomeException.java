package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;

/** The connection was lost during a commit, and the outcome could not be determined. */
public final class UnknownOutcomeException extends SQLException {

  UnknownOutcomeException(SQLException cause) {
    super(
        "the connection was lost during the commit, and its outcome could not be determined;"
            + " check whether the data has changed",
        cause.getSQLState(),
        cause);
  }
}
