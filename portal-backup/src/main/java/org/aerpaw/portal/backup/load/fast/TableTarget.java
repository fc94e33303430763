package org.aerpaw.portal.backup.load.fast;

import java.sql.SQLException;
import org.aerpaw.portal.backup.load.tables.Counts;
import org.aerpaw.portal.backup.rows.ConvertedObject;

/**
 * Takes the objects of one model by a {@link Strategy}. Between {@link #enter} and {@link #leave}
 * no other target uses the connection.
 */
interface TableTarget {

  /** Objects of the model follow. */
  default void enter() throws SQLException {}

  /**
   * Takes an object.
   *
   * @return null, or why this strategy cannot take the object
   */
  String add(long origin, ConvertedObject object) throws SQLException;

  /** The load is of this model, even if it has no objects. */
  default void expect() throws SQLException {}

  /** Objects of another model follow, or none. */
  default void leave() throws SQLException {}

  /** All objects of the load were read. */
  default void finish() throws SQLException {}

  /** Frees the connection before {@link #leave}, when the transaction is to be rolled back. */
  default void abort() throws SQLException {}

  /** What was done without staging. */
  Counts counts();
}
