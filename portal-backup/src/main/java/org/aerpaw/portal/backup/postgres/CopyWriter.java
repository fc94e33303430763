package org.aerpaw.portal.backup.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into tables. Rows for one table go on in one COPY statement, so that the server
 * works on them while the next ones are made; rows for another table, and {@link #end}, end it.
 * Until then the connection takes no other statement.
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
   * Sends the gathered rows, if there are any, and forgets them.
   *
   * @param into table and columns, as they stand in a COPY statement
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
   * Waits until the server has all rows.
   *
   * @throws SQLException also if it has not taken every one of them, as a trigger can bring about
   */
  public void end() throws SQLException {
    if (copy == null) {
      return;
    }
    copy.writeToCopy(TRAILER, 0, TRAILER.length);
    long taken = copy.endCopy();
    copy = null;
    if (taken != sent) {
      throw new SQLException("of " + sent + " rows the database took " + taken + ": COPY " + into);
    }
  }

  /** Gives up what has not ended; the transaction is to be rolled back then. */
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
