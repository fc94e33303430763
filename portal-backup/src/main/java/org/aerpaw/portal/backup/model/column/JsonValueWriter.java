package org.aerpaw.portal.backup.model.column;

import java.nio.ByteBuffer;
import org.aerpaw.portal.backup.fixture.json.DjangoJsonGenerator;
import org.aerpaw.portal.backup.fixture.value.BadValueException;

/** Writes the values of a column to fixtures. */
@FunctionalInterface
public interface JsonValueWriter {

  /**
   * Writes a value in PostgreSQL's binary format as JSON.
   *
   * @param row positioned at the first byte of the value; moved past its last
   * @throws BadValueException if it cannot be written to a fixture
   */
  void writeJson(ByteBuffer row, int length, DjangoJsonGenerator json);
}
