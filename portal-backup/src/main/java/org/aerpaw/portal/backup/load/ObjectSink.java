package org.aerpaw.portal.backup.load;

import java.sql.SQLException;
import org.aerpaw.portal.backup.model.Model;

/** Where the objects of a load go as they are read. */
interface ObjectSink {

  /** Takes an object; {@code origin} is the number of its {@link ObjectRef}. */
  void add(Model model, long origin, ConvertedObject object) throws SQLException;

  /** Lets it know that the load is of this model, too, be it without any object. */
  void expect(Model model) throws SQLException;

  /** All objects were read. */
  void finish() throws SQLException;
}
