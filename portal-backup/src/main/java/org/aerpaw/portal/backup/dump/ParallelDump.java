package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.concurrent.BackgroundTask;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Pieces of work on one snapshot, done by two transactions at once: the one that there is, and a
 * second one that sees the same. Where the second one cannot be had, the first does everything.
 *
 * @param <T> a piece of work
 */
final class ParallelDump<T> {

  /** Does one piece of work. */
  @FunctionalInterface
  interface Hand<T> {
    void work(T piece, Transaction snapshot) throws RunFailedException, SQLException, IOException;
  }

  private static final Logger LOG = System.getLogger(ParallelDump.class.getName());

  private final Queue<T> pieces;
  private final Hand<T> hand;

  private ParallelDump(Collection<T> pieces, Hand<T> hand) {
    this.pieces = new ConcurrentLinkedQueue<>(pieces);
    this.hand = hand;
  }

  /**
   * Does all pieces, begun in their order; the two hands call {@code hand} at the same time.
   *
   * @param executor where the second hand works; if it never comes to that, nobody waits for it
   */
  static <T> void work(
      Collection<T> pieces,
      Hand<T> hand,
      Transaction snapshot,
      DataSource database,
      Executor executor)
      throws RunFailedException, SQLException, IOException {
    new ParallelDump<>(pieces, hand).work(snapshot, database, executor);
  }

  private void work(Transaction snapshot, DataSource database, Executor executor)
      throws RunFailedException, SQLException, IOException {
    String exported =
        snapshot.queryOne(row -> row.getString(1), "SELECT pg_catalog.pg_export_snapshot()");
    BackgroundTask<Void, Exception> second =
        BackgroundTask.offer(() -> workBeside(exported, database), executor);
    try {
      work(snapshot);
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      pieces.clear();
      second.end();
      throw e;
    }
    if (!second.cancel()) {
      join(second);
    }
  }

  private void work(Transaction snapshot) throws RunFailedException, SQLException, IOException {
    for (T piece = pieces.poll(); piece != null; piece = pieces.poll()) {
      hand.work(piece, snapshot);
    }
  }

  private Void workBeside(String exported, DataSource database)
      throws RunFailedException, SQLException, IOException {
    try (Transaction same = beginSame(exported, database)) {
      if (same != null) {
        work(same);
      }
      return null;
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      pieces.clear();
      throw e;
    }
  }

  /** Null if there is no connection to be had, which the dump can do without. */
  private static Transaction beginSame(String exported, DataSource database) {
    try {
      return Transaction.beginSnapshot(database, exported);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the dump uses one connection: {0}", e.getMessage());
      return null;
    }
  }

  private static void join(BackgroundTask<Void, Exception> second)
      throws RunFailedException, SQLException, IOException {
    try {
      second.result();
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("a hand throws nothing else", e);
    }
  }
}
