package org.aerpaw.portal.backup.postgres.copy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Copies rows into tables. Another thread sends the rows, so that the server processes them while
 * the caller encodes the next ones; until {@link #end}, the caller must not use the connection.
 * Consecutive writes to one table share a COPY statement.
 */
public final class CopyWriter implements AutoCloseable {

  private static final byte[] HEADER = Arrays.copyOf("PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1), 19);
  private static final byte[] TRAILER = {-1, -1};

  private final Connection connection;
  private final StatementQueue statements;
  private String into;
  private CopyIn copy;
  private long sent;

  /**
   * @param executor provides the thread that sends the rows; if it has none, the caller sends them
   */
  public CopyWriter(Connection connection, Executor executor) {
    this.connection = connection;
    this.statements = new StatementQueue(executor);
  }

  /**
   * Sends the buffered rows, if there are any, and clears the buffer.
   *
   * @param into a table, or a table and its columns, in the syntax of COPY
   * @throws SQLException if earlier rows could not be stored
   */
  public void write(String into, CopyRowEncoder rows) throws SQLException {
    if (rows.rows() == 0) {
      return;
    }
    long count = rows.rows();
    byte[] content = rows.take();
    statements.add(() -> send(into, content, count), content.length);
  }

  /**
   * Executes a statement after the rows that were written before.
   *
   * @throws SQLException if earlier rows could not be stored
   */
  public void execute(String sql) throws SQLException {
    statements.add(
        () -> {
          endCopy();
          try (var statement = connection.createStatement()) {
            statement.execute(sql);
          }
        },
        0);
  }

  /**
   * Waits until the server has stored all rows.
   *
   * @throws SQLException also if the server did not store every row, for example because of a
   *     trigger
   */
  public void end() throws SQLException {
    statements.await();
    endCopy();
  }

  private void send(String table, byte[] content, long rows) throws SQLException {
    if (copy == null || !table.equals(into)) {
      endCopy();
      begin(table);
    }
    sent += rows;
    copy.writeToCopy(content, 0, content.length);
  }

  private void endCopy() throws SQLException {
    if (copy == null) {
      return;
    }
    copy.writeToCopy(TRAILER, 0, TRAILER.length);
    long stored = copy.endCopy();
    copy = null;
    if (stored != sent) {
      throw new PSQLException(
          "COPY " + into + ": the database stored " + stored + " of " + sent + " rows",
          PSQLState.UNKNOWN_STATE);
    }
  }

  /** Cancels everything that has not ended; the transaction must then be rolled back. */
  @Override
  public void close() throws SQLException {
    statements.discard();
    if (copy != null && copy.isActive()) {
      copy.cancelCopy();
    }
  }

  private void begin(String into) throws SQLException {
    this.into = into;
    sent = 0;
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + into + " FROM STDIN (FORMAT binary)");
    copy.writeToCopy(HEADER, 0, HEADER.length);
  }
}
