package org.aerpaw.portal.backup.model.column;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.CopyRowEncoder;

/**
 * {@code smallint}, {@code integer} and {@code bigint} as whole numbers. Keys and references are
 * columns of this kind.
 */
public enum IntegerColumn implements ColumnType {
  SMALLINT("int2", 21, Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE),
  INTEGER("int4", 23, Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE),
  BIGINT("int8", 20, Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);

  /** More digits than any of them has. */
  private static final int LONGEST = 20;

  private final String postgresType;
  private final int oid;
  private final int bytes;
  private final long least;
  private final long greatest;

  IntegerColumn(String postgresType, int oid, int bytes, long least, long greatest) {
    this.postgresType = postgresType;
    this.oid = oid;
    this.bytes = bytes;
    this.least = least;
    this.greatest = greatest;
  }

  @Override
  public Set<String> postgresTypes() {
    return Set.of(postgresType);
  }

  /** The type's number (pg_type.oid), which is the same everywhere. */
  public int oid() {
    return oid;
  }

  @Override
  public Long read(ByteBuffer row, int length) {
    return switch (this) {
      case SMALLINT -> (long) row.getShort();
      case INTEGER -> (long) row.getInt();
      case BIGINT -> row.getLong();
    };
  }

  @Override
  public Long convert(Object json, ConversionWarnings warnings) {
    return inRange(json);
  }

  private Long inRange(Object json) {
    if (json instanceof Long value && least <= value && value <= greatest) {
      return value;
    }
    if (json instanceof Long || json instanceof BigInteger) {
      throw new BadValueException("the number is out of range: " + least + " to " + greatest);
    }
    throw JsonKind.unexpected("a whole number", json);
  }

  /** The same for a key or a reference, which may stand as text: {@code "12"}. */
  public Long convertKey(Object json) {
    if (!(json instanceof String text)) {
      return inRange(json);
    }
    if (!text.matches("[+-]?[0-9]{1," + LONGEST + "}")) {
      throw new BadValueException("a key must be a whole number");
    }
    var number = new BigInteger(text);
    return inRange(number.bitLength() < Long.SIZE ? (Number) number.longValue() : number);
  }

  @Override
  public void write(Object value, CopyRowEncoder row) {
    long number = (Long) value;
    row.startValue(bytes);
    switch (this) {
      case SMALLINT -> row.putShort((short) number);
      case INTEGER -> row.putInt((int) number);
      case BIGINT -> row.putLong(number);
    }
  }
}
