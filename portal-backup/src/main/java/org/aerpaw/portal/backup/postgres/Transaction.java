package org.aerpaw.portal.backup.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A transaction with its own connection. Closing it without {@link #commit()} rolls it back. */
public final class Transaction implements AutoCloseable {

  /** Reads a value from the current row of a result. */
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
    return new Transaction(database);
  }

  /** Begins a transaction that reads one snapshot of the database and changes nothing. */
  public static Transaction beginSnapshot(DataSource database) throws SQLException {
    var transaction = begin(database);
    try {
      transaction.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      return transaction;
    } catch (SQLException e) {
      transaction.close();
      throw e;
    }
  }

  /**
   * Begins a transaction that reads the snapshot of another one.
   *
   * @param exported the name of the exported snapshot
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

  /**
   * Executes a statement.
   *
   * @return the number of rows it affected
   */
  public long update(String sql, Object... parameters) throws SQLException {
    try (var statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  /** Reads all rows of a query into memory. */
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

  /** Reads the only row of a query that returns exactly one. */
  public <T> T queryOne(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
    List<T> rows = query(mapper, sql, parameters);
    if (rows.size() != 1) {
      throw new IllegalStateException("the query returned " + rows.size() + " rows instead of one");
    }
    return rows.get(0);
  }

  /**
   * Commits. If the connection is lost meanwhile, asks over a new connection whether the
   * transaction was committed.
   *
   * @throws UnknownOutcomeException if the outcome cannot be determined
   * @throws SQLException if the transaction was not committed
   */
  public void commit() throws SQLException {
    String id = queryOne(row -> row.getString(1), "SELECT pg_current_xact_id_if_assigned()::text");
    try {
      connection.commit();
    } catch (SQLException e) {
      lost = DatabaseError.isConnectionLost(e);
      if (!lost || id == null) {
        throw e;
      }
      boolean committed =
          CommitOutcome.ask(CancellableConnections.notCancellable(database), id)
              .orElseThrow(() -> new UnknownOutcomeException(e));
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
