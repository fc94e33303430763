package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;

/** The connection was lost during a commit, and the outcome could not be determined. */
public final class UnknownOutcomeException extends SQLException {

  UnknownOutcomeException(SQLException cause) {
    super(
        "the connection was lost during the commit, so it is unknown whether the changes were"
            + " committed; after a load, a dry run of the same load shows it: if they were, it would"
            + " change nothing",
        cause.getSQLState(),
        cause);
  }
}
