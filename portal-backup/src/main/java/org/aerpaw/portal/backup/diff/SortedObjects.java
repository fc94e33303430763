package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.run.RunFailedException;

/** The objects of one model on one side, sorted by primary key. */
interface SortedObjects extends AutoCloseable {

  /**
   * Returns the next object; null after the last.
   *
   * @throws RunFailedException if an object cannot be read
   */
  ConvertedObject next() throws RunFailedException, SQLException, IOException;

  /**
   * Skips the next object here and in a file if their texts are equal, which is faster than
   * comparing their values.
   *
   * @return false if nothing was skipped; the values may be equal nevertheless
   */
  default boolean skipNextIfEqual(FileObjects.OfModel file)
      throws RunFailedException, SQLException, IOException {
    return false;
  }

  @Override
  default void close() throws SQLException {}
}
