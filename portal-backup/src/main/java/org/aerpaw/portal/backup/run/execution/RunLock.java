package org.aerpaw.portal.backup.run.execution;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.run.RunGroup;

/**
 * The lock that allows one run of a group at a time on a database, whichever server it runs on. It
 * is an advisory lock of its own session, so it is released when the process ends.
 */
final class RunLock implements AutoCloseable {

  /** "fixtures" in ASCII, as one number: the key of the first group. */
  private static final long KEY = 0x6669787475726573L;

  private final Connection connection;
  private final long key;

  private RunLock(Connection connection, long key) {
    this.connection = connection;
    this.key = key;
  }

  static Optional<RunLock> tryAcquire(DataSource database, RunGroup group) throws SQLException {
    Connection connection = database.getConnection();
    long key = key(group);
    boolean acquired = false;
    try {
      acquired = select(connection, "SELECT pg_try_advisory_lock(" + key + ")");
    } finally {
      if (!acquired) {
        connection.close();
      }
    }
    return acquired ? Optional.of(new RunLock(connection, key)) : Optional.empty();
  }

  /** Waits until the lock is free. */
  static RunLock acquire(DataSource database, RunGroup group) throws SQLException {
    Connection connection = database.getConnection();
    long key = key(group);
    try {
      select(connection, "SELECT pg_advisory_lock(" + key + ") IS NULL");
      return new RunLock(connection, key);
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
      select(connection, "SELECT pg_advisory_unlock(" + key + ")");
    }
  }

  private static long key(RunGroup group) {
    return KEY + group.ordinal();
  }

  private static boolean select(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() && result.getBoolean(1);
    }
  }
}
