package org.aerpaw.portal.backup.postgres.copy;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  /** The length of a null. */
  public static final int NULL = -1;

  private final CopyOut copy;
  private ByteBuffer row = ByteBuffer.allocate(0);
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
    while (!row.hasRemaining()) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        throw new PSQLException(
            "the server ended a COPY without a trailer", PSQLState.UNKNOWN_STATE);
      }
      row = ByteBuffer.wrap(message);
      if (!headerRead) {
        skipHeader();
      }
    }
    if (row.getShort() != TRAILER) {
      return true;
    }
    if (copy.readFromCopy() != null) {
      throw new PSQLException(
          "the server sent rows after the trailer of a COPY", PSQLState.UNKNOWN_STATE);
    }
    return false;
  }

  /**
   * The columns of this row that were not read yet: for each its length as an int, {@link #NULL}
   * for null, and its bytes. The caller moves the position past what it read.
   */
  public ByteBuffer row() {
    return row;
  }

  /** Reads the next column of this row, which may be null. */
  public Object value(BinaryType type) {
    int length = row.getInt();
    return length == NULL ? null : type.read(row, length);
  }

  /** Reads the next column of this row, an array; a null array is read as an empty list. */
  public List<Object> values(BinaryType type) {
    if (row.getInt() == NULL) {
      return List.of();
    }
    int dimensions = row.getInt();
    row.position(row.position() + 2 * Integer.BYTES);
    if (dimensions == 0) {
      return List.of();
    }
    int size = row.getInt();
    row.position(row.position() + Integer.BYTES);
    List<Object> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(value(type));
    }
    return values;
  }

  /** Skips the remaining columns of this row. */
  public void skipRest() {
    row.position(row.limit());
  }

  /**
   * Skips the next columns of this row if they are equal to the given ones; otherwise skips none.
   */
  public boolean consumeIfEqual(CopyRowEncoder columns) {
    if (!columns.isPrefixOf(row)) {
      return false;
    }
    row.position(row.position() + columns.size());
    return true;
  }

  /** Skips the next column of this row. */
  public void skip() {
    int length = row.getInt();
    row.position(row.position() + Math.max(0, length));
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
    row.position(FIXED_HEADER);
    int extension = row.getInt();
    row.position(row.position() + extension);
    headerRead = true;
  }
}
