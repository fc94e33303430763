package org.aerpaw.portal.backup.postgres;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * A database error for people: whether the database can be reached, and its own message without
 * details, which contain values of rows.
 *
 * @param unavailable whether no connection could be made, or it was lost
 */
public record DatabaseError(boolean unavailable, String message) {

  /** The class of SQLSTATE of connection errors. */
  private static final String CONNECTION = "08";

  /** admin_shutdown, crash_shutdown, cannot_connect_now. */
  private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03");

  /**
   * Finds the error that PostgreSQL or its driver reported among the causes of an exception.
   *
   * @return unavailable with the message of the exception if there is none, as for a pool without
   *     free connections
   */
  public static DatabaseError of(Throwable failure) {
    boolean connected = true;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      connected &= !(cause instanceof ConnectionFailedException);
      if (cause instanceof PSQLException e) {
        return new DatabaseError(!connected || isConnectionLost(e), message(e));
      }
    }
    return new DatabaseError(true, failure.getMessage());
  }

  private static String message(PSQLException failure) {
    var server = failure.getServerErrorMessage();
    return server == null
        ? messageOfDriver(failure)
        : server.getMessage() + " (" + failure.getSQLState() + ")";
  }

  /** Adds what the driver does not say: that there is no such host. */
  static String messageOfDriver(SQLException failure) {
    return failure.getCause() instanceof UnknownHostException e
        ? "the host of the database is unknown: " + e.getMessage()
        : failure.getMessage();
  }

  static boolean isConnectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith(CONNECTION) || SHUTDOWN.contains(state));
  }

  /** A sentence for reports and logs. */
  public String describe() {
    return (unavailable ? "the database is unavailable: " : "database error: ") + message;
  }
}
