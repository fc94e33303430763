package org.aerpaw.portal.backup.run.execution;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.aerpaw.portal.backup.postgres.CancellableConnections;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.history.RunHistory;

/** A run of this server: its current state, and what ends it early. */
final class ActiveRun {

  private static final Logger LOG = System.getLogger(ActiveRun.class.getName());

  /** Thrown by the thread of a run that was cancelled. */
  static final class CancelledException extends RuntimeException {

    CancelledException(String reason) {
      super(reason);
    }
  }

  private final CancellableConnections connections = new CancellableConnections();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private volatile Run run;
  private volatile Progress progress = Progress.NONE;

  /**
   * The table that the run repeatedly tries to lock, each time for a moment; null if there is none.
   */
  private volatile String contendedTable;

  private volatile String waitingFor;
  private volatile String cancelReason;

  ActiveRun(Run run) {
    this.run = run;
  }

  /** The run with its current progress. */
  Run current() {
    return run.at(progress.waitingFor(waitingFor));
  }

  CancellableConnections connections() {
    return connections;
  }

  /** What the task of this run gets. */
  RunContext context(Executor executor, RunHistory history) {
    return new RunContext(
        executor,
        connections::of,
        this::report,
        this::contend,
        (report, transaction) -> history.keepReport(current().done(report), transaction));
  }

  private void report(Progress reached) {
    throwIfCancelled();
    progress = reached;
  }

  private void contend(String table) {
    throwIfCancelled();
    contendedTable = table;
  }

  private void throwIfCancelled() {
    if (cancelReason != null) {
      throw new CancelledException(cancelReason);
    }
  }

  Optional<String> contendedTable() {
    return Optional.ofNullable(contendedTable);
  }

  /** Shows what the run waits for. */
  void waitsFor(Optional<String> description) {
    waitingFor = description.orElse(null);
  }

  /**
   * Ends the run as soon as possible. May be called again until it has ended, since a statement
   * that starts at the same time is not cancelled.
   *
   * @param reason the error to report; later calls do not change it
   */
  void cancel(String reason) {
    synchronized (this) {
      if (cancelReason == null) {
        cancelReason = reason;
      }
    }
    try {
      connections.cancelStatements();
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "a statement could not be cancelled: {0}", FailureMessages.reason(e));
    }
  }

  /** Why the run was cancelled; empty if it was not. */
  Optional<String> cancelReason() {
    return Optional.ofNullable(cancelReason);
  }

  /** Publishes the end of the run. */
  void end(Run ended) {
    progress = ended.progress();
    waitingFor = null;
    run = ended;
    end.complete(null);
  }

  /** Calls back when the run has ended, or at once if it has. */
  void whenEnded(Runnable callback) {
    end.thenRun(callback);
  }
}
