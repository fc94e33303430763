package org.aerpaw.portal.backup.postgres;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Set;
import org.postgresql.util.PSQLException;

/**
 * A database error for people: its kind, and its own message without details, which contain values
 * of rows.
 */
public record DatabaseError(Kind kind, String message) {

  /** What has failed. */
  public enum Kind {
    /** No connection could be made, or it was lost. */
    UNAVAILABLE("the database is unavailable"),

    /** The pool had no free connection. */
    NO_FREE_CONNECTION("no database connection is free"),

    /** PostgreSQL refused a statement. */
    REFUSED("database error");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** The class of SQLSTATE of connection errors. */
  private static final String CONNECTION = "08";

  /** admin_shutdown, crash_shutdown, cannot_connect_now. */
  private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02", "57P03");

  /**
   * Finds the error that PostgreSQL or its driver reported among the causes of an exception.
   *
   * @return if no cause is an error of PostgreSQL: that the database is unavailable or no
   *     connection is free
   */
  public static DatabaseError of(Throwable failure) {
    boolean connected = true;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      connected &= !(cause instanceof ConnectionFailedException);
      if (cause instanceof PSQLException e) {
        boolean available = connected && !isConnectionLost(e);
        return new DatabaseError(available ? Kind.REFUSED : Kind.UNAVAILABLE, message(e));
      }
    }
    return new DatabaseError(
        isPoolExhausted(failure) ? Kind.NO_FREE_CONNECTION : Kind.UNAVAILABLE,
        failure.getMessage());
  }

  /** Commons Pool throws this exception if no connection became free in time. */
  private static boolean isPoolExhausted(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoSuchElementException) {
        return true;
      }
    }
    return false;
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
        ? "unknown database host: " + e.getMessage()
        : failure.getMessage();
  }

  static boolean isConnectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith(CONNECTION) || SHUTDOWN.contains(state));
  }

  /** Whether the same may succeed later: the database was away, or no connection was free. */
  public boolean isTemporary() {
    return kind != Kind.REFUSED;
  }

  /** A sentence for reports and logs. */
  public String describe() {
    return kind.text + ": " + message;
  }
}
