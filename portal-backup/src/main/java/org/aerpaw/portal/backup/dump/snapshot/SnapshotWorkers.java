package org.aerpaw.portal.backup.dump.snapshot;

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
 * Two transactions that read the same snapshot, and a thread for each of them. If there is no
 * second connection, the first transaction does everything.
 */
public final class SnapshotWorkers implements AutoCloseable {

  /** Does one task. */
  @FunctionalInterface
  public interface Worker<T> {
    void work(T task, Transaction snapshot) throws RunFailedException, SQLException, IOException;
  }

  private static final Logger LOG = System.getLogger(SnapshotWorkers.class.getName());

  /** PostgreSQL's own workers would need more processor time for the same rows. */
  private static final String NO_FURTHER_WORKERS = "SET LOCAL max_parallel_workers_per_gather = 0";

  private final Transaction first;
  private final DataSource database;
  private final Executor executor;

  private String exported;
  private Transaction second;

  /** Whether there was no second connection. */
  private boolean alone;

  /**
   * @param first stays open
   * @param executor provides the second thread; if it has no free thread, the first one does all
   *     the work
   */
  public SnapshotWorkers(Transaction first, DataSource database, Executor executor) {
    this.first = first;
    this.database = database;
    this.executor = executor;
  }

  /**
   * Does all tasks and starts them in their order. Two threads call the worker at the same time.
   */
  public <T> void work(Collection<T> tasks, Worker<T> worker)
      throws RunFailedException, SQLException, IOException {
    Queue<T> queue = new ConcurrentLinkedQueue<>(tasks);
    if (tasks.size() < 2) {
      work(queue, worker, first);
      return;
    }
    if (exported == null) {
      exported = first.queryOne(row -> row.getString(1), "SELECT pg_catalog.pg_export_snapshot()");
      first.update(NO_FURTHER_WORKERS);
    }
    BackgroundTask<Void, Exception> background =
        BackgroundTask.offer(() -> workInBackground(queue, worker), executor);
    try {
      work(queue, worker, first);
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      queue.clear();
      background.end();
      throw e;
    }
    if (!background.cancel()) {
      join(background);
    }
  }

  private static <T> void work(Queue<T> tasks, Worker<T> worker, Transaction snapshot)
      throws RunFailedException, SQLException, IOException {
    for (T task = tasks.poll(); task != null; task = tasks.poll()) {
      worker.work(task, snapshot);
    }
  }

  private <T> Void workInBackground(Queue<T> tasks, Worker<T> worker)
      throws RunFailedException, SQLException, IOException {
    try {
      if (second == null && !alone) {
        second = beginSame();
        alone = second == null;
        if (second != null) {
          second.update(NO_FURTHER_WORKERS);
        }
      }
      if (second != null) {
        work(tasks, worker, second);
      }
      return null;
    } catch (RunFailedException | SQLException | IOException | RuntimeException e) {
      tasks.clear();
      throw e;
    }
  }

  /** Begins the second transaction; null if there is no connection for it. */
  private Transaction beginSame() {
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

  /** Ends the second transaction. */
  @Override
  public void close() throws SQLException {
    if (second != null) {
      second.close();
    }
  }
}
