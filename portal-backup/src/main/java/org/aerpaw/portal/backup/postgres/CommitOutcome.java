package org.aerpaw.portal.backup.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What became of a transaction whose connection was lost while it committed: the server knows, and
 * is asked on another one.
 */
final class CommitOutcome {

  /** How long a server may take to end the commit, or to come back from a restart. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(100);

  /** The class of SQL states that tell of lost connections. */
  private static final String CONNECTION = "08";

  /** admin_shutdown, crash_shutdown: the server says so before it goes. */
  private static final Set<String> SHUTDOWN = Set.of("57P01", "57P02");

  private CommitOutcome() {}

  static boolean isLost(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && (state.startsWith(CONNECTION) || SHUTDOWN.contains(state));
  }

  /**
   * Whether a transaction committed; empty if the server cannot be asked, does not know any more,
   * or has not ended it in time.
   *
   * @param id what {@code pg_current_xact_id()} said
   */
  static Optional<Boolean> ask(DataSource database, String id) {
    long end = System.nanoTime() + PATIENCE.toNanos();
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

  /** Whether there was one. */
  private static boolean pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
