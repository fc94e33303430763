package org.aerpaw.portal.backup.postgres.checks;

import java.sql.SQLException;
import java.util.Optional;
import org.aerpaw.portal.backup.postgres.Transaction;

/** Recognizes read-only databases. */
public final class ReadOnlyDatabase {

  private ReadOnlyDatabase() {}

  /** Why the database cannot be written; empty if it can. */
  public static Optional<String> reason(Transaction transaction) throws SQLException {
    return transaction.queryOne(
        row -> {
          if (row.getBoolean(1)) {
            return Optional.of("the database is a standby");
          }
          return row.getBoolean(2)
              ? Optional.of(
                  "default_transaction_read_only is on; to change it: ALTER ROLE "
                      + row.getString(3)
                      + " IN DATABASE "
                      + row.getString(4)
                      + " SET default_transaction_read_only = off")
              : Optional.empty();
        },
        "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on',"
            + " quote_ident(current_user), quote_ident(current_database())");
  }
}
