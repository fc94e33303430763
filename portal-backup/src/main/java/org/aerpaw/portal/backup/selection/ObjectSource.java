package org.aerpaw.portal.backup.selection;

import java.io.IOException;
import java.sql.SQLException;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Where a search finds objects. */
public interface ObjectSource {

  /** Receives the objects that were found. */
  @FunctionalInterface
  interface Visitor {
    void visit(ObjectOutline object) throws RunFailedException, SQLException, IOException;
  }

  /**
   * Finds objects. May pass on an object twice, if it was asked for in two ways or exists twice.
   *
   * @throws RunFailedException if an object that was asked for is invalid
   */
  void find(SearchTerms terms, Visitor visitor)
      throws RunFailedException, SQLException, IOException;
}
