package org.aerpaw.portal.backup.load;

import java.sql.SQLException;

/**
 * A model's table as objects come to it without staging. Between {@link #enter} and {@link #leave}
 * the connection is its own.
 */
interface DirectTable {

  /** Objects of the model are to come. */
  void enter() throws SQLException;

  void add(long origin, ConvertedObject object) throws SQLException;

  /** Objects of another model are to come, or none any more. */
  void leave() throws SQLException;

  /** There are no more objects of the whole load. */
  void finish() throws SQLException;

  /** Gives the connection back, even in the midst of objects. */
  void breakOff() throws SQLException;

  /** What was done; nothing of what was left to staging. */
  Counts counts();
}
