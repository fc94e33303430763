package org.aerpaw.portal.backup.run.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.aerpaw.portal.backup.postgres.LockHolders;
import org.aerpaw.portal.backup.run.history.RunHistory;

/**
 * Watches a run in a thread of its own: shows which lock it waits for and who holds it, and cancels
 * it if it waits for too long or if another server was asked to cancel it. Uses the connection of
 * the run lock, which is idle meanwhile.
 */
final class RunMonitor implements AutoCloseable {

  private static final Logger LOG = System.getLogger(RunMonitor.class.getName());
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final ActiveRun run;
  private final RunLock lock;
  private final RunHistory history;
  private final Duration lockTimeout;
  private final Thread thread;

  /** When the run began to wait for a lock; 0 while it does not. */
  private long waitingSince;

  private boolean closed;

  private RunMonitor(ActiveRun run, RunLock lock, RunHistory history, Duration lockTimeout) {
    this.run = run;
    this.lock = lock;
    this.history = history;
    this.lockTimeout = lockTimeout;
    this.thread = new Thread(this::watch, "run-monitor");
    thread.setDaemon(true);
  }

  /**
   * @param lockTimeout how long the run may wait for a lock; zero for no limit
   */
  static RunMonitor start(ActiveRun run, RunLock lock, RunHistory history, Duration lockTimeout) {
    var monitor = new RunMonitor(run, lock, history, lockTimeout);
    monitor.thread.start();
    return monitor;
  }

  private synchronized void watch() {
    try {
      wait(PERIOD.toMillis());
      while (!closed) {
        check();
        wait(PERIOD.toMillis());
      }
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "run {0} can no longer be cancelled from other servers, and PORTAL_LOCK_TIMEOUT no longer"
              + " applies to it: {1}",
          run.current().id(),
          FailureMessages.reason(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() throws SQLException {
    history.requestedCancel(run.current().id(), lock.connection()).ifPresent(run::cancel);
    Optional<String> wait = waiting();
    run.waitsFor(wait);
    if (wait.isEmpty()) {
      waitingSince = 0;
    } else if (waitingSince == 0) {
      waitingSince = System.nanoTime();
      LOG.log(Level.INFO, "run {0} is waiting for {1}", run.current().id(), wait.get());
    } else if (!lockTimeout.isZero() && System.nanoTime() - waitingSince > lockTimeout.toNanos()) {
      run.cancel(
          "waited %d s for %s; try again later".formatted(lockTimeout.toSeconds(), wait.get()));
    }
    // Again, since a statement that had not started was not cancelled.
    run.cancelReason().ifPresent(run::cancel);
  }

  private Optional<String> waiting() throws SQLException {
    var holders = new LockHolders(lock.connection());
    List<Integer> own = run.connections().processIds();
    Optional<String> contended = run.contendedTable();
    return contended.isPresent()
        ? Optional.of(holders.of(contended.get(), own).orElse(contended.get()))
        : holders.waitOf(own);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
