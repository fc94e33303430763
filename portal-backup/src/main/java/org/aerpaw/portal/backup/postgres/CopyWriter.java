package org.aerpaw.portal.backup.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Copies rows into tables. Consecutive writes to one table share a COPY statement, so that the
 * server processes rows while the caller encodes the next ones. A write to another table or {@link
 * #end} ends the statement; until then, the connection cannot execute any other one.
 */
public final class CopyWriter implements AutoCloseable {

  private static final byte[] HEADER = Arrays.copyOf("PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1), 19);
  private static final byte[] TRAILER = {-1, -1};

  private final Connection connection;
  private String into;
  private CopyIn copy;
  private long sent;

  public CopyWriter(Connection connection) {
    this.connection = connection;
  }

  /**
   * Sends the buffered rows, if there are any, and clears the buffer.
   *
   * @param into a table, or a table and its columns, in the syntax of COPY
   */
  public void write(String into, CopyRowEncoder rows) throws SQLException {
    if (rows.rows() == 0) {
      return;
    }
    if (copy == null || !into.equals(this.into)) {
      end();
      begin(into);
    }
    sent += rows.rows();
    rows.drainTo(copy);
  }

  /**
   * Ends the current COPY statement and waits until the server has stored all its rows.
   *
   * @throws SQLException also if the server did not store every row, for example because of a
   *     trigger
   */
  public void end() throws SQLException {
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

  /** Cancels a COPY statement that has not ended; the transaction must then be rolled back. */
  @Override
  public void close() throws SQLException {
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
