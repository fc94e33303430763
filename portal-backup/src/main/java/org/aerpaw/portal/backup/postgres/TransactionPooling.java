package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Detects a proxy that gives each transaction of a connection another session of PostgreSQL, such
 * as PgBouncer with {@code pool_mode = transaction}. Locks, settings and snapshots of a session do
 * not last there, so two runs could be in progress at once.
 */
public final class TransactionPooling {

  /** A busy pool may give a transaction the same session again. */
  private static final int ATTEMPTS = 5;

  /** A setting of our own, which a session keeps until it ends. */
  private static final String MARKER = "portal.session";

  /**
   * duplicate_prepared_statement, invalid_sql_statement_name: the driver prepared a statement in
   * another session.
   */
  private static final Set<String> FOREIGN_STATEMENT = Set.of("42P05", "26000");

  private TransactionPooling() {}

  /** Whether the connections go through such a proxy. One that pools sessions does no harm. */
  public static boolean isUsedBy(DataSource database) throws SQLException {
    try {
      if (isDirect(database)) {
        return false;
      }
      for (int i = 0; i < ATTEMPTS; i++) {
        if (sharesSessions(database)) {
          return true;
        }
      }
      return false;
    } catch (SQLException e) {
      if (FOREIGN_STATEMENT.contains(String.valueOf(e.getSQLState()))) {
        return true;
      }
      throw e;
    }
  }

  /** A proxy makes up the process id that it reports when a connection is made. */
  private static boolean isDirect(DataSource database) throws SQLException {
    try (Transaction transaction = Transaction.begin(database)) {
      int reported = transaction.connection().unwrap(PGConnection.class).getBackendPID();
      return reported
          == transaction.queryOne(row -> row.getInt(1), "SELECT pg_catalog.pg_backend_pid()");
    }
  }

  /** Whether a second connection sees the first one's marker, or the first no longer sees it. */
  private static boolean sharesSessions(DataSource database) throws SQLException {
    String marker = UUID.randomUUID().toString();
    try (Transaction first = Transaction.begin(database)) {
      first.query(row -> row.getString(1), "SELECT set_config(?, ?, false)", MARKER, marker);
      first.connection().commit();
      try (Transaction second = Transaction.begin(database)) {
        if (marker.equals(marker(second))) {
          return true;
        }
      }
      return !marker.equals(marker(first));
    }
  }

  private static String marker(Transaction transaction) throws SQLException {
    return transaction.queryOne(row -> row.getString(1), "SELECT current_setting(?, true)", MARKER);
  }
}
