package org.aerpaw.portal.backup.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A database transaction with its own connection, rolled back by {@link #close} if not committed.
 */
public final class Transaction implements AutoCloseable {

  /** Converts the current row of a result. */
  @FunctionalInterface
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  private final DataSource database;
  private final Connection connection;
  private boolean lost;

  private Transaction(DataSource database) throws SQLException {
    this.database = database;
    this.connection = database.getConnection();
    connection.setAutoCommit(false);
  }

  public static Transaction begin(DataSource database) throws SQLException {
    var transaction = new Transaction(database);
    try {
      // Statements that stream rows are not worth PostgreSQL's compiling them, which it does by
      // their number.
      transaction.update("SET LOCAL jit = off");
      return transaction;
    } catch (SQLException e) {
      transaction.close();
      throw e;
    }
  }

  /**
   * Begins a read-only transaction that reads a single snapshot of the database. A query fails if
   * row security would hide any of its rows.
   */
  public static Transaction beginSnapshot(DataSource database) throws SQLException {
    var transaction = begin(database);
    try {
      transaction.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      transaction.update("SET LOCAL row_security = off");
      return transaction;
    } catch (SQLException e) {
      transaction.close();
      throw e;
    }
  }

  /**
   * Begins a read-only transaction that reads the same snapshot as another one.
   *
   * @param exported the identifier that {@code pg_export_snapshot()} returned in the other
   *     transaction
   */
  public static Transaction beginSnapshot(DataSource database, String exported)
      throws SQLException {
    var transaction = beginSnapshot(database);
    try {
      transaction.update("SET TRANSACTION SNAPSHOT '" + exported.replace("'", "''") + "'");
      return transaction;
    } catch (SQLException e) {
      transaction.close();
      throw e;
    }
  }

  public Connection connection() {
    return connection;
  }

  /** Executes a statement and returns the number of affected rows. */
  public long update(String sql, Object... parameters) throws SQLException {
    try (var statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  /** Returns all rows of a query, which must have a small result. */
  public <T> List<T> query(RowMapper<T> mapper, String sql, Object... parameters)
      throws SQLException {
    try (var statement = prepare(sql, parameters);
        var result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(mapper.map(result));
      }
      return rows;
    }
  }

  /** Returns the only row of a query that always has exactly one. */
  public <T> T queryOne(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
    List<T> rows = query(mapper, sql, parameters);
    if (rows.size() != 1) {
      throw new SQLException("the query returned " + rows.size() + " rows instead of one");
    }
    return rows.get(0);
  }

  /**
   * Commits. If the connection is lost meanwhile, asks the server whether the transaction
   * committed.
   *
   * @throws UnknownOutcomeException if the outcome could not be determined
   * @throws SQLException if the transaction did not commit
   */
  public void commit() throws SQLException {
    String id = queryOne(row -> row.getString(1), "SELECT pg_current_xact_id_if_assigned()::text");
    try {
      connection.commit();
    } catch (SQLException e) {
      lost = CommitOutcome.isLost(e);
      if (!lost || id == null) {
        throw e;
      }
      boolean committed =
          CommitOutcome.ask(database, id).orElseThrow(() -> new UnknownOutcomeException(e));
      if (!committed) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      if (!lost && !connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
