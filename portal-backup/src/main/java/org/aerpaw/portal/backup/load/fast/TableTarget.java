package org.aerpaw.portal.backup.load.fast;

import java.sql.SQLException;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/**
 * Loads the objects of one model by a {@link Strategy}. Between {@link #begin} and {@link #end}, no
 * other target uses the connection. A target that writes with a {@link
 * org.aerpaw.portal.backup.postgres.copy.CopyWriter} need not wait in {@link #end} until all rows
 * are written.
 */
interface TableTarget {

  /** Called before consecutive objects of the model. */
  default void begin() throws SQLException {}

  /**
   * Adds an object.
   *
   * @return why the strategy cannot load the object; null if it can
   */
  String add(long origin, ConvertedObject object) throws SQLException;

  /** Declares that the load includes the model, possibly without objects. */
  default void includeModel() throws SQLException {}

  /** Called after consecutive objects of the model. */
  default void end() throws SQLException {}

  /** Releases the connection without {@link #end}; the transaction must then be rolled back. */
  default void abort() throws SQLException {}

  /** Counts the rows of objects that were not staged. */
  Counts counts();
}
