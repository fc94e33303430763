package org.aerpaw.portal.backup.postgres.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a row in PostgreSQL's binary COPY format, which are read or skipped one by one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
public final class CopyRow {

  /** The length of a null. */
  public static final int NULL = -1;

  /** What precedes the elements of an array of one dimension. */
  private static final int ARRAY_HEADER = 5 * Integer.BYTES;

  private ByteBuffer columns = ByteBuffer.allocate(0);

  /**
   * The columns that were not read yet: for each its length as an int, {@link #NULL} for null, and
   * its bytes. The caller moves the position past what it read.
   */
  public ByteBuffer columns() {
    return columns;
  }

  /**
   * Replaces the row by another one. The caller moves the position of {@link #columns} to its first
   * column.
   */
  public void set(ByteBuffer columns) {
    this.columns = columns;
  }

  /** Reads the next column, which may be null. */
  public Object value(BinaryType type) {
    return value(type, columns);
  }

  /** Reads the next column, which may be null. */
  public static Object value(BinaryType type, ByteBuffer columns) {
    int length = columns.getInt();
    return length == NULL ? null : type.read(columns, length);
  }

  /** Reads the next column, an array; a null array is read as an empty list. */
  public List<Object> values(BinaryType type) {
    int size = enterArray(columns);
    List<Object> values = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      values.add(value(type));
    }
    return values;
  }

  /** Moves to the first element of an array and returns the number of elements, 0 if it is null. */
  public static int enterArray(ByteBuffer columns) {
    if (columns.getInt() == NULL) {
      return 0;
    }
    int start = columns.position();
    boolean isEmpty = columns.getInt(start) == 0; // dimensions
    if (isEmpty) {
      columns.position(start + 3 * Integer.BYTES);
      return 0;
    }
    int size = columns.getInt(start + 3 * Integer.BYTES);
    columns.position(start + ARRAY_HEADER);
    return size;
  }

  /** Skips the next columns if they are equal to the given ones; otherwise skips none. */
  public boolean consumeIfEqual(CopyRowEncoder encoded) {
    if (!encoded.isPrefixOf(columns)) {
      return false;
    }
    columns.position(columns.position() + encoded.size());
    return true;
  }

  /** Skips the next column. */
  public void skip() {
    skip(columns);
  }

  /** Skips the next column, or the next element of an array. */
  public static void skip(ByteBuffer columns) {
    int length = columns.getInt();
    columns.position(columns.position() + Math.max(0, length));
  }

  /** Skips the remaining columns. */
  public void skipRest() {
    columns.position(columns.limit());
  }
}
