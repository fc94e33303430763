package org.aerpaw.portal.backup.postgres.copy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes rows in PostgreSQL's binary COPY format and buffers them for a {@link CopyWriter}. Each
 * row is one call of {@link #startRow} followed by one put call per value.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, "Binary Format"</a>
 */
public final class CopyRowEncoder {

  private static final VarHandle SHORTS = bigEndian(short[].class);
  private static final VarHandle INTS = bigEndian(int[].class);
  private static final VarHandle LONGS = bigEndian(long[].class);

  private static final int MIN_CAPACITY = 1 << 12;

  /** A larger buffer is released when its rows are taken. */
  private static final int MAX_KEPT = 1 << 19;

  private byte[] bytes = new byte[MIN_CAPACITY];
  private int length;
  private long rows;

  private static VarHandle bigEndian(Class<?> numbers) {
    return MethodHandles.byteArrayViewVarHandle(numbers, ByteOrder.BIG_ENDIAN);
  }

  public void startRow(int columns) {
    rows++;
    putShort((short) columns);
  }

  /**
   * @param value of the Java type that {@code type} writes, or null
   */
  public void put(BinaryType type, Object value) {
    if (value == null) {
      putInt(CopyRow.NULL);
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
   * @param elementOid the OID of the element type
   * @param values at least one, without nulls
   */
  public void putArray(int elementOid, BinaryType type, List<?> values) {
    int start = length;
    putInt(0); // length, set at the end
    putInt(1); // dimensions
    putInt(0); // contains no nulls
    putInt(elementOid);
    putInt(values.size());
    putInt(1); // lower bound
    for (Object value : values) {
      type.write(value, this);
    }
    INTS.set(bytes, start, length - start - Integer.BYTES);
  }

  /** The number of buffered bytes. */
  public int size() {
    return length;
  }

  /** The number of buffered rows. */
  public long rows() {
    return rows;
  }

  /** Encodes one value that is not null, without its length. */
  public static ByteBuffer encoded(BinaryType type, Object value) {
    var encoder = new CopyRowEncoder();
    type.write(value, encoder);
    return ByteBuffer.wrap(encoder.bytes, Integer.BYTES, encoder.length - Integer.BYTES);
  }

  /** Whether the remaining bytes of another buffer start with the buffered bytes. */
  boolean isPrefixOf(ByteBuffer other) {
    int from = other.arrayOffset() + other.position();
    return length <= other.remaining()
        && Arrays.equals(bytes, 0, length, other.array(), from, from + length);
  }

  /** Returns the buffered rows and clears the buffer. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    clear();
    if (bytes.length > MAX_KEPT) {
      bytes = new byte[MIN_CAPACITY];
    }
    return taken;
  }

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
    SHORTS.set(bytes, length, value);
    length += Short.BYTES;
  }

  public void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, length, value);
    length += Integer.BYTES;
  }

  public void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, length, value);
    length += Long.BYTES;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
