package org.aerpaw.portal.backup.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * One transaction on a connection of its own. Closed without {@link #commit()} it leaves nothing
 * behind.
 */
public final class Transaction implements AutoCloseable {

  /** Makes a value of the row that a result stands on. */
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
   * One that changes nothing and sees one moment of the database, however long it lasts. It sees
   * every row: where row security would hide some, reading fails.
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
   * One that sees the very moment that another one sees.
   *
   * @param exported the name that the other one has exported its snapshot by
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
   * Runs a statement and tells how many rows it touched. Parameters are numbered from 1 by their
   * place.
   */
  public long update(String sql, Object... parameters) throws SQLException {
    try (var statement = prepare(sql, parameters)) {
      return statement.executeLargeUpdate();
    }
  }

  /** All rows of a query; for queries whose results are small. */
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

  /** The one row of a query that always has one. */
  public <T> T queryOne(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
    List<T> rows = query(mapper, sql, parameters);
    if (rows.size() != 1) {
      throw new SQLException("one row was expected, not " + rows.size());
    }
    return rows.get(0);
  }

  /**
   * Returns only if it committed, even if the connection was lost meanwhile.
   *
   * @throws UnknownOutcomeException if that is not to be found out
   * @throws SQLException if it did not
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
