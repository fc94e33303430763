package org.aerpaw.portal.backup.run.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The lock that allows one run at a time on a database, whichever server it runs on. It is an
 * advisory lock of its own session, so it is released when the process ends.
 */
final class RunLock implements AutoCloseable {

  /** "fixtures" in ASCII, as one number. */
  private static final long KEY = 0x6669787475726573L;

  private final Connection connection;

  private RunLock(Connection connection) {
    this.connection = connection;
  }

  static Optional<RunLock> tryAcquire(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    boolean acquired = false;
    try {
      acquired = select(connection, "SELECT pg_try_advisory_lock(" + KEY + ")");
    } finally {
      if (!acquired) {
        connection.close();
      }
    }
    return acquired ? Optional.of(new RunLock(connection)) : Optional.empty();
  }

  /** Waits until the lock is free. */
  static RunLock acquire(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    try {
      select(connection, "SELECT pg_advisory_lock(" + KEY + ") IS NULL");
      return new RunLock(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** The connection that holds the lock, for other uses during the run. */
  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      select(connection, "SELECT pg_advisory_unlock(" + KEY + ")");
    }
  }

  private static boolean select(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }
}
