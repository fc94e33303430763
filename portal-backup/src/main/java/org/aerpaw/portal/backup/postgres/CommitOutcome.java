package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Asks the server whether a transaction whose connection was lost during the commit had committed.
 */
final class CommitOutcome {

  /** How long the server may take to finish the commit or to restart. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  private CommitOutcome() {}

  /**
   * Whether a transaction committed; empty if the server cannot be reached, no longer knows the
   * transaction, or does not finish it in time.
   *
   * @param id the value of {@code pg_current_xact_id()} in that transaction
   */
  static Optional<Boolean> ask(DataSource database, String id) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    do {
      String status = status(database, id);
      if (status.equals("committed") || status.equals("aborted")) {
        return Optional.of(status.equals("committed"));
      }
    } while (System.nanoTime() < end && pause());
    return Optional.empty();
  }

  private static String status(DataSource database, String id) {
    try (Transaction transaction = Transaction.begin(database)) {
      return transaction.queryOne(
          row -> row.getString(1), "SELECT coalesce(pg_xact_status(CAST(? AS xid8)), '')", id);
    } catch (SQLException e) {
      return "";
    }
  }

  /** Waits before the next attempt; false if interrupted. */
  private static boolean pause() {
    try {
      Thread.sleep(RETRY_DELAY.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
