package org.aerpaw.portal.backup.model.column;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** All column types, by the Java type of the mapped attributes. */
public final class ColumnTypes {

  private static final Map<Class<?>, ColumnType> BY_JAVA_TYPE =
      Map.ofEntries(
          Map.entry(String.class, TextColumn.UNLIMITED),
          Map.entry(Short.class, IntegerColumn.SMALLINT),
          Map.entry(short.class, IntegerColumn.SMALLINT),
          Map.entry(Integer.class, IntegerColumn.INTEGER),
          Map.entry(int.class, IntegerColumn.INTEGER),
          Map.entry(Long.class, IntegerColumn.BIGINT),
          Map.entry(long.class, IntegerColumn.BIGINT),
          Map.entry(Boolean.class, BooleanColumn.BOOLEAN),
          Map.entry(boolean.class, BooleanColumn.BOOLEAN),
          Map.entry(Double.class, DoubleColumn.DOUBLE),
          Map.entry(double.class, DoubleColumn.DOUBLE),
          Map.entry(Instant.class, TimestampColumn.TIMESTAMP),
          Map.entry(OffsetDateTime.class, TimestampColumn.TIMESTAMP),
          Map.entry(LocalDate.class, DateColumn.DATE),
          Map.entry(LocalTime.class, TimeColumn.TIME),
          Map.entry(UUID.class, UuidColumn.VALUE));

  private ColumnTypes() {}

  public static Optional<ColumnType> of(Class<?> javaType) {
    return Optional.ofNullable(BY_JAVA_TYPE.get(javaType));
  }
}
