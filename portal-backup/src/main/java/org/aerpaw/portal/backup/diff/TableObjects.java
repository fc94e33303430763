package org.aerpaw.portal.backup.diff;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.ConvertedObject;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.rows.ModelRows;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Reads the rows of a model as a dump does. */
final class TableObjects implements SortedObjects {

  private final ModelRows rows;

  /**
   * @param naturalForeign whether references are natural keys where there are any
   */
  TableObjects(Model model, boolean naturalForeign, Connection connection) throws SQLException {
    this.rows =
        new ModelRows(
            connection, model, KeyFilter.ALL, new NaturalKeyOptions(naturalForeign, false));
  }

  /**
   * @throws RunFailedException if a dump could not write a value of the row either
   */
  @Override
  public ConvertedObject next() throws RunFailedException, SQLException {
    try {
      return rows.next() ? rows.convert() : null;
    } catch (FixtureException e) {
      throw new RunFailedException(List.of(e.error()));
    }
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
