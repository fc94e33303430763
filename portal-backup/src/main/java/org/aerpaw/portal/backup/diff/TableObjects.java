package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.fixture.FixtureException;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.rows.KeyFilter;
import org.aerpaw.portal.backup.rows.Masking;
import org.aerpaw.portal.backup.rows.ModelRows;
import org.aerpaw.portal.backup.rows.NaturalKeyOptions;
import org.aerpaw.portal.backup.rows.TargetOrders;
import org.aerpaw.portal.backup.rows.conversion.ConvertedObject;
import org.aerpaw.portal.backup.run.RunFailedException;

/** Reads the rows of a model as a dump does. */
final class TableObjects implements SortedObjects {

  private final ModelRows rows;

  /** Whether there is a current row, which was not returned or skipped yet. */
  private boolean hasRow;

  private boolean ended;

  /**
   * @param naturalForeign whether references are natural keys where there are any
   */
  TableObjects(Model model, boolean naturalForeign, Connection connection) throws SQLException {
    this.rows =
        new ModelRows(
            connection,
            model,
            KeyFilter.ALL,
            new NaturalKeyOptions(naturalForeign, false),
            Masking.NONE,
            new TargetOrders());
  }

  /**
   * @throws RunFailedException if a dump could not write a value of the row either
   */
  @Override
  public ConvertedObject next() throws RunFailedException, SQLException {
    if (!moveToRow()) {
      return null;
    }
    try {
      hasRow = false;
      return rows.convert();
    } catch (FixtureException e) {
      throw new RunFailedException(List.of(e.error()));
    }
  }

  @Override
  public boolean skipNextIfEqual(FileObjects.OfModel file)
      throws RunFailedException, SQLException, IOException {
    if (!file.comparesText() || !moveToRow()) {
      return false;
    }
    try {
      boolean skipped = file.skipIfEqual(rows);
      hasRow = !skipped;
      return skipped;
    } catch (FixtureException e) {
      throw new RunFailedException(List.of(e.error()));
    }
  }

  /** Moves to the next row unless there is a current one; false after the last. */
  private boolean moveToRow() throws SQLException {
    if (!hasRow && !ended) {
      hasRow = rows.next();
      ended = !hasRow;
    }
    return hasRow;
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
