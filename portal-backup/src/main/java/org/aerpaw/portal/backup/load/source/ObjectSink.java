package org.aerpaw.portal.backup.load.source;

import java.sql.SQLException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;

/** Receives the objects of a load as they are read. */
public interface ObjectSink {

  /**
   * Adds an object.
   *
   * @param origin the number of its {@link ObjectRef}
   * @return whether the object was accepted; if not, reading must stop
   */
  boolean add(Model model, long origin, ConvertedObject object) throws SQLException;

  /** Declares that the load includes this model, possibly without objects. */
  void includeModel(Model model) throws SQLException;

  /** Called after the last object. */
  void finish() throws SQLException;
}
