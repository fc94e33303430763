package org.aerpaw.portal.backup.postgres.copy;

import java.nio.ByteBuffer;

/** Reads and writes non-null values of one PostgreSQL type in the binary COPY format. */
public interface BinaryType {

  /**
   * Reads a value.
   *
   * @param row positioned at the first byte of the value; this method moves it past the last one
   * @param length the size of the value in bytes
   */
  Object read(ByteBuffer row, int length);

  /** Appends a value and its length to a row. */
  void write(Object value, CopyRowEncoder row);
}
