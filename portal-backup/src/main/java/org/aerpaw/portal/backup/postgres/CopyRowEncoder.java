package org.aerpaw.portal.backup.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.postgresql.copy.CopyIn;

/**
 * Rows in PostgreSQL's binary COPY format, gathered until they are worth a statement. A row is
 * {@link #startRow} followed by as many values.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
public final class CopyRowEncoder {

  private static final int NULL = -1;

  private byte[] bytes = new byte[1 << 12];
  private int length;
  private long rows;

  public void startRow(int values) {
    rows++;
    putShort((short) values);
  }

  /**
   * @param value as {@code type} has it, or null
   */
  public void put(BinaryType type, Object value) {
    if (value == null) {
      putInt(NULL);
    } else {
      type.write(value, this);
    }
  }

  public void putBoolean(boolean value) {
    startValue(1).putByte(value ? 1 : 0);
  }

  public void putBigint(long value) {
    startValue(Long.BYTES).putLong(value);
  }

  /**
   * @param oid the number of the values' type in the database
   * @param values as {@code type} has them, at least one, none of them null
   */
  public void putArray(int oid, BinaryType type, List<?> values) {
    int start = length;
    putInt(0);
    putInt(1);
    putInt(0);
    putInt(oid);
    putInt(values.size());
    putInt(1);
    for (Object value : values) {
      type.write(value, this);
    }
    int end = length;
    length = start;
    putInt(end - start - Integer.BYTES);
    length = end;
  }

  /** How many bytes have been gathered. */
  public int size() {
    return length;
  }

  /** How many rows have been started. */
  public long rows() {
    return rows;
  }

  /** Whether another buffer goes on with the bytes that this one holds. */
  boolean isAt(ByteBuffer other) {
    int from = other.arrayOffset() + other.position();
    return length <= other.remaining()
        && Arrays.equals(bytes, 0, length, other.array(), from, from + length);
  }

  /** Gives the gathered rows away and forgets them. */
  void drainTo(CopyIn copy) throws SQLException {
    copy.writeToCopy(bytes, 0, length);
    clear();
  }

  /** Forgets the gathered rows. */
  public void clear() {
    length = 0;
    rows = 0;
  }

  public CopyRowEncoder startValue(int size) {
    putInt(size);
    return this;
  }

  public void putText(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    startValue(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  public void putByte(int value) {
    reserve(1);
    bytes[length++] = (byte) value;
  }

  public void putShort(short value) {
    reserve(Short.BYTES);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  public void putInt(int value) {
    reserve(Integer.BYTES);
    bytes[length++] = (byte) (value >> 24);
    bytes[length++] = (byte) (value >> 16);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
  }

  public void putLong(long value) {
    putInt((int) (value >> 32));
    putInt((int) value);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
