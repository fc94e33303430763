package org.aerpaw.portal.backup.load.tables;

import java.sql.SQLException;
import java.util.List;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Refuses to delete rows of tables that foreign keys with an ON DELETE action refer to, since the
 * deletion would delete or change other rows. Django creates no such foreign keys.
 */
public final class CascadeCheck {

  private CascadeCheck() {}

  /**
   * @param reason why rows of the model must be deleted, as the beginning of a sentence
   * @throws RunFailedException naming the foreign keys with an ON DELETE action
   */
  public static void requireNone(Model model, String reason, Transaction transaction)
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
              + reason
              + ", but these foreign keys have an ON DELETE action, which would change other rows: "
              + String.join(", ", constraints),
          null);
    }
  }
}
