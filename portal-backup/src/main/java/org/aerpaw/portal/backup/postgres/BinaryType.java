package org.aerpaw.portal.backup.postgres;

import java.nio.ByteBuffer;

/**
 * Reads and writes the values of one PostgreSQL type in the binary COPY format. Null is handled by
 * the callers.
 */
public interface BinaryType {

  /**
   * Reads a value.
   *
   * @param row positioned at the first byte of the value, and moved past its last
   * @param length of the value, in bytes
   */
  Object read(ByteBuffer row, int length);

  /** Appends a value, with its length, to a row. */
  void write(Object value, CopyRowEncoder row);
}
