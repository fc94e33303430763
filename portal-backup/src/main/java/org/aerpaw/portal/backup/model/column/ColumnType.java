package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.copy.BinaryType;

/**
 * Converts values of a column type between fixtures and PostgreSQL's binary COPY format. {@link
 * ColumnTypes} lists all column types.
 *
 * <p>The Java values are Boolean, Long, Double, String, Instant, LocalDate or LocalTime.
 */
public interface ColumnType extends BinaryType, JsonValueWriter {

  /** The accepted PostgreSQL types (pg_type.typname). */
  Set<String> postgresTypes();

  /**
   * Reads a value in binary format.
   *
   * @param row positioned at the first byte of the value; moved past its last
   * @throws BadValueException if it cannot be written to a fixture
   */
  @Override
  Object read(ByteBuffer row, int length);

  /**
   * Converts a JSON value of a fixture.
   *
   * @throws BadValueException if the column cannot store it
   */
  Object convert(Object json, ConversionWarnings warnings);
}
