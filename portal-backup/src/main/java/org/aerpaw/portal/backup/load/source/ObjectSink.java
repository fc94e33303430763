package org.aerpaw.portal.backup.load.source;

import java.sql.SQLException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.ConvertedObject;

/** Where the objects of a load go as they are read. */
public interface ObjectSink {

  /**
   * Takes an object.
   *
   * @param origin the number of its {@link ObjectRef}
   * @return whether it took the object; if not, nothing more is to be read
   */
  boolean add(Model model, long origin, ConvertedObject object) throws SQLException;

  /** The load is of this model, even if there are no objects of it. */
  void expect(Model model) throws SQLException;

  /** All objects were read. */
  void finish() throws SQLException;
}
