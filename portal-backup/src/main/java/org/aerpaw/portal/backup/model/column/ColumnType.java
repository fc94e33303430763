package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import java.util.Set;
import org.aerpaw.portal.backup.fixture.value.BadValueException;
import org.aerpaw.portal.backup.postgres.BinaryType;

/**
 * How one kind of column goes between a fixture and PostgreSQL's binary COPY format. {@link
 * ColumnTypes} lists all of them.
 *
 * <p>The value in between is what {@link org.aerpaw.portal.backup.fixture.FixtureField} may hold
 * when written. Null never comes here.
 */
public interface ColumnType extends BinaryType {

  /** The names (pg_type.typname) of the types such a column may have in the database. */
  Set<String> postgresTypes();

  /**
   * The value of a column of a dumped row.
   *
   * @param row positioned at the value's first byte, moved past its last
   * @throws BadValueException if a fixture cannot hold it
   */
  @Override
  Object read(ByteBuffer row, int length);

  /**
   * The value that a field's JSON value stands for.
   *
   * @throws BadValueException if such a column cannot hold it
   */
  Object convert(Object json, ConversionWarnings warnings);
}
