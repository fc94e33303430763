package org.aerpaw.portal.backup.model.column;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.copy.CopyRowEncoder;

/**
 * The types {@code smallint}, {@code integer} and {@code bigint}, which keys and references have.
 */
public enum IntegerColumn implements ColumnType {
  SMALLINT("int2", Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE),
  INTEGER("int4", Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE),
  BIGINT("int8", Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);

  /** More digits than a bigint can have. */
  private static final int MAX_DIGITS = 20;

  private final String postgresType;
  private final int bytes;
  private final long min;
  private final long max;

  IntegerColumn(String postgresType, int bytes, long min, long max) {
    this.postgresType = postgresType;
    this.bytes = bytes;
    this.min = min;
    this.max = max;
  }

  @Override
  public Set<String> postgresTypes() {
    return Set.of(postgresType);
  }

  /** The size of a value. */
  public int bytes() {
    return bytes;
  }

  /** PostgreSQL's function that returns the bytes of a value in binary format. */
  public String toBytes() {
    return postgresType + "send";
  }

  @Override
  public Long read(ByteBuffer row, int length) {
    return number(row);
  }

  /** Reads a value without its length. */
  public long number(ByteBuffer row) {
    return switch (this) {
      case SMALLINT -> row.getShort();
      case INTEGER -> row.getInt();
      case BIGINT -> row.getLong();
    };
  }

  @Override
  public void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json) {
    json.write(number(row));
  }

  @Override
  public Long convert(Object json, ConversionWarnings warnings) {
    return inRange(json);
  }

  private Long inRange(Object json) {
    if (json instanceof Long value && min <= value && value <= max) {
      return value;
    }
    if (json instanceof Long || json instanceof BigInteger) {
      throw new BadValueException("the number is out of range: " + min + " to " + max);
    }
    throw JsonKind.unexpected("a whole number", json);
  }

  /** Converts a key or a reference, which may also be a string such as {@code "12"}. */
  public Long convertKey(Object json) {
    if (!(json instanceof String text)) {
      return inRange(json);
    }
    if (!text.matches("[+-]?[0-9]{1," + MAX_DIGITS + "}")) {
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
