package org.aerpaw.portal.backup.postgres.copy;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.aerpaw.portal.backup.concurrent.BackgroundTask;

/**
 * Executes statements one after the other in another thread, while the caller prepares the data of
 * the next ones. The caller must not use the connection until {@link #await} returns.
 */
final class StatementQueue {

  /** Uses the connection. */
  @FunctionalInterface
  interface Statement {
    void execute() throws SQLException;
  }

  private record Entry(Statement statement, long bytes) {}

  /** The number of bytes that may wait; a small part of the heap. */
  private static final long MAX_BYTES = Math.max(1 << 22, Runtime.getRuntime().maxMemory() / 8);

  private final Executor executor;
  private final Queue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private BackgroundTask<Void, SQLException> worker;

  /**
   * @param executor provides the thread; if it has none, the caller executes the statements
   */
  StatementQueue(Executor executor) {
    this.executor = executor;
  }

  /**
   * Adds a statement. If too much data is waiting, waits until everything has been executed.
   *
   * @param size the size of the statement's data in bytes
   * @throws SQLException if an earlier statement failed; the later ones were not executed
   */
  void add(Statement statement, long size) throws SQLException {
    waiting.add(new Entry(statement, size));
    long total = bytes.addAndGet(size);
    if (worker != null && worker.isDone()) {
      worker.result();
      worker = null;
    }
    if (worker == null) {
      worker = BackgroundTask.offer(this::work, executor);
    }
    if (total > MAX_BYTES) {
      await();
    }
  }

  /**
   * Waits until all statements have been executed.
   *
   * @throws SQLException if one failed; the later ones were not executed
   */
  void await() throws SQLException {
    if (worker != null) {
      var running = worker;
      worker = null;
      running.result();
    }
    // The worker may have stopped just before the last statement was added.
    work();
  }

  /** Discards all statements that were not started, and waits for the one that was. */
  void discard() {
    waiting.clear();
    if (worker != null) {
      worker.end();
      worker = null;
    }
    bytes.set(0);
  }

  private Void work() throws SQLException {
    for (Entry next = waiting.poll(); next != null; next = waiting.poll()) {
      try {
        next.statement().execute();
      } catch (SQLException | RuntimeException e) {
        waiting.clear();
        throw e;
      }
      bytes.addAndGet(-next.bytes());
    }
    return null;
  }
}
