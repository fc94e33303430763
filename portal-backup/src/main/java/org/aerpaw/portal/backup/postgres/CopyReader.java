package org.aerpaw.portal.backup.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a query as they stream from the server in PostgreSQL's binary COPY format, one
 * message a row; values are taken column by column.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY">COPY
 *     operations in the protocol</a>
 */
public final class CopyReader implements AutoCloseable {

  private static final int FIXED_HEADER = 11 + Integer.BYTES;
  private static final short TRAILER = -1;
  private static final int NULL = -1;

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
   * Moves to the next row; false after the last. Expects that all columns of the row before were
   * taken, or skipped.
   */
  public boolean next() throws SQLException {
    while (!row.hasRemaining()) {
      byte[] message = copy.readFromCopy();
      if (message == null) {
        throw new SQLException("the server ended a COPY without its trailer");
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
      throw new SQLException("the server sent rows after the end of a COPY");
    }
    return false;
  }

  /** The next column of this row, null if it is null. */
  public Object value(BinaryType type) {
    int length = row.getInt();
    return length == NULL ? null : type.read(row, length);
  }

  /** The next column of this row, an array; empty if it is null. */
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

  /** Passes over the columns of this row that were not taken yet. */
  public void skipRest() {
    row.position(row.limit());
  }

  /** Takes the next columns of this row if they are exactly these; otherwise takes none. */
  public boolean consumeIfEqual(CopyRowEncoder columns) {
    if (!columns.isAt(row)) {
      return false;
    }
    row.position(row.position() + columns.size());
    return true;
  }

  /** Passes over the next column of this row. */
  public void skip() {
    int length = row.getInt();
    row.position(row.position() + Math.max(0, length));
  }

  /**
   * Reads to the end, so that the connection can be used again. A request to cancel could come too
   * late and hit what the connection does next.
   */
  @Override
  public void close() throws SQLException {
    while (copy.isActive() && copy.readFromCopy() != null) {
      // Nobody wants it any more.
    }
  }

  private void skipHeader() {
    row.position(FIXED_HEADER);
    int extension = row.getInt();
    row.position(row.position() + extension);
    headerRead = true;
  }
}
