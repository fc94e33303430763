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
 * Distributes tasks over two transactions that read the same snapshot. If there is no second
 * connection, the first transaction does everything.
 *
 * @param <T> a task
 */
public final class SnapshotWorkers<T> {

  /** Does one task. */
  @FunctionalInterface
  public interface Worker<T> {
    void work(T task, Transaction snapshot) throws RunFailedException, SQLException, IOException;
  }

  private static final Logger LOG = System.getLogger(SnapshotWorkers.class.getName());

  private final Queue<T> tasks;
  private final Worker<T> worker;

  private SnapshotWorkers(Collection<T> tasks, Worker<T> worker) {
    this.tasks = new ConcurrentLinkedQueue<>(tasks);
    this.worker = worker;
  }

  /**
   * Does all tasks, started in their order. Two threads use the worker at the same time.
   *
   * @param executor provides the second thread; if it starts too late, nobody waits for it
   */
  public static <T> void work(
      Collection<T> tasks,
      Worker<T> worker,
      Transaction snapshot,
      DataSource database,
      Executor executor)
      throws RunFailedException, SQLException, IOException {
    new SnapshotWorkers<>(tasks, worker).work(snapshot, database, executor);
  }

  private void work(Transaction snapshot, DataSource database, Executor executor)
      throws RunFailedException, SQLException, IOException {
    String exported =
        snapshot.queryOne(row -> row.getString(1), "SELECT pg_catalog.pg_export_snapshot()");
    BackgroundTask<Void, Exception> second =
        BackgroundTask.offer(() -> workInBackground(exported, database), executor);
    try {
      work(snapshot);
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      tasks.clear();
      second.end();
      throw e;
    }
    if (!second.cancel()) {
      join(second);
    }
  }

  private void work(Transaction snapshot) throws RunFailedException, SQLException, IOException {
    for (T task = tasks.poll(); task != null; task = tasks.poll()) {
      worker.work(task, snapshot);
    }
  }

  private Void workInBackground(String exported, DataSource database)
      throws RunFailedException, SQLException, IOException {
    try (Transaction same = beginSame(exported, database)) {
      if (same != null) {
        work(same);
      }
      return null;
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      tasks.clear();
      throw e;
    }
  }

  /** Begins the second transaction; null if there is no connection for it. */
  private static Transaction beginSame(String exported, DataSource database) {
    try {
      return Transaction.beginSnapshot(database, exported);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "only one connection is used: {0}", e.getMessage());
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
      throw new AssertionError("a worker throws nothing else", e);
    }
  }
}
