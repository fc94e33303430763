package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Foreign keys that act when a row is deleted. Django makes none; where there are some, taking a
 * row away would take others with it.
 */
public final class CascadeCheck {

  private CascadeCheck() {}

  /**
   * @param why rows of the model are to be taken away, as the beginning of a sentence
   * @throws RunFailedException naming the constraints that act on the deletion of the model's rows
   */
  public static void requireNone(Model model, String why, Transaction transaction)
      throws SQLException, RunFailedException {
    List<String> constraints =
        transaction.query(
            row -> row.getString(1),
            "SELECT conname FROM pg_catalog.pg_constraint WHERE contype = 'f' AND"
                + " confdeltype <> 'a' AND confrelid = to_regclass(?)",
            model.sql());
    if (!constraints.isEmpty()) {
      throw new RunFailedException(
          model
              + ": "
              + why
              + ", which is not possible while these constraints act on deletion: "
              + String.join(", ", constraints),
          null);
    }
  }
}
