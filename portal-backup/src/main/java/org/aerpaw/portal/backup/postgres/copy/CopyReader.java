package org.aerpaw.portal.backup.postgres.copy;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Streams the rows of a query in PostgreSQL's binary COPY format. After {@link #next}, the caller
 * reads or skips the columns one by one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY">COPY
 *     operations in the protocol</a>
 */
public final class CopyReader implements AutoCloseable {

  private static final int FIXED_HEADER = 11 + Integer.BYTES;
  private static final short TRAILER = -1;

  private final CopyOut copy;
  private final CopyRow row = new CopyRow();
  private boolean headerRead;

  public CopyReader(Connection connection, String query) throws SQLException {
    copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
  }

  /**
   * Moves to the next row; false after the last one. All columns of the previous row must have been
   * read or skipped.
   */
  public boolean next() throws SQLException {
    while (!row.columns().hasRemaining()) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        throw new PSQLException(
            "the server ended a COPY without a trailer", PSQLState.UNKNOWN_STATE);
      }
      row.set(ByteBuffer.wrap(message));
      if (!headerRead) {
        skipHeader();
      }
    }
    if (row.columns().getShort() != TRAILER) {
      return true;
    }
    if (copy.readFromCopy() != null) {
      throw new PSQLException(
          "the server sent rows after the trailer of a COPY", PSQLState.UNKNOWN_STATE);
    }
    return false;
  }

  /** The current row. */
  public CopyRow row() {
    return row;
  }

  /**
   * Reads the remaining rows, so that the connection can be used again. A cancel request instead
   * could arrive late and cancel the next statement.
   */
  @Override
  public void close() throws SQLException {
    while (copy.isActive() && copy.readFromCopy() != null) {
      // Discard the row.
    }
  }

  private void skipHeader() {
    ByteBuffer header = row.columns().position(FIXED_HEADER);
    int extension = header.getInt();
    header.position(header.position() + extension);
    headerRead = true;
  }
}
