package org.aerpaw.portal.backup.postgres.copy;

import java.io.IOException;
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

  /** Where the rows come from; null if the driver reads them. */
  private ServerMessages messages;

  public CopyReader(Connection connection, String query) throws SQLException {
    ServerMessages.beforeCopyStart();
    try {
      copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY (" + query + ") TO STDOUT (FORMAT binary)");
    } finally {
      messages = ServerMessages.afterCopyStart();
    }
  }

  /**
   * Moves to the next row; false after the last one. All columns of the previous row must have been
   * read or skipped, and its bytes are no longer valid.
   */
  public boolean next() throws SQLException {
    while (!row.columns().hasRemaining()) {
      ByteBuffer message = nextMessage();
      if (message == null) {
        throw new PSQLException(
            "the server ended a COPY without a trailer", PSQLState.UNKNOWN_STATE);
      }
      row.set(message);
      if (!headerRead) {
        skipHeader();
      }
    }
    if (row.columns().getShort() != TRAILER) {
      return true;
    }
    if (nextMessage() != null) {
      throw new PSQLException(
          "the server sent rows after the trailer of a COPY", PSQLState.UNKNOWN_STATE);
    }
    return false;
  }

  /** The next row; null after the last one. */
  private ByteBuffer nextMessage() throws SQLException {
    if (messages != null) {
      try {
        ByteBuffer message = messages.nextCopyData();
        if (message != null) {
          return message;
        }
      } catch (IOException e) {
        // The driver fails as well.
      }
      messages = null;
    }
    byte[] message = copy.readFromCopy();
    return message == null ? null : ByteBuffer.wrap(message);
  }

  /** Whether the driver reads the next rows, for tests. */
  boolean isReadByDriver() {
    return messages == null;
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
    while (copy.isActive() && nextMessage() != null) {
      // Discard the row.
    }
  }

  private void skipHeader() {
    ByteBuffer header = row.columns();
    header.position(header.position() + FIXED_HEADER);
    int extension = header.getInt();
    header.position(header.position() + extension);
    headerRead = true;
  }
}
