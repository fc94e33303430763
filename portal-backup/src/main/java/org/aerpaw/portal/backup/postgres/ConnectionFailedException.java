package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;

/** No connection could be made. The cause says why. */
public final class ConnectionFailedException extends SQLException {

  ConnectionFailedException(SQLException cause) {
    super(DatabaseError.messageOfDriver(cause), cause.getSQLState(), cause);
  }
}
