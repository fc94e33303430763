package org.aerpaw.portal.backup.run;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.fixture.FixtureError;

/**
 * Executes runs, one at a time on a database, whichever server they run on, and saves their
 * history.
 */
public final class RunService {

  private static final Logger LOG = System.getLogger(RunService.class.getName());

  private final DataSource database;
  private final Executor executor;
  private final RunHistory history;

  /** The newest run of this server, with its current progress. */
  private volatile Run newest;

  /** Completed when the newest run has ended. */
  private volatile CompletableFuture<Void> newestEnd = CompletableFuture.completedFuture(null);

  /**
   * @param executor executes runs in the background, and their background tasks
   * @param reportTypes the class of each kind's report
   */
  public RunService(
      DataSource database,
      Executor executor,
      Map<RunKind, Class<? extends RunReport>> reportTypes) {
    this.database = database;
    this.executor = executor;
    this.history = new RunHistory(database, reportTypes);
  }

  /** Starts a run in the background. */
  public Run start(RunKind kind, String requestedBy, RunTask body)
      throws RunInProgressException, SQLException {
    Optional<RunLock> lock = RunLock.tryAcquire(database);
    if (lock.isEmpty()) {
      throw new RunInProgressException(history.running());
    }
    Run run = begin(kind, requestedBy, lock.get());
    try {
      executor.execute(() -> execute(run, body, lock.get()));
      return run;
    } catch (RejectedExecutionException e) {
      RunTask refused =
          context -> {
            throw new RunFailedException(
                "no thread is free to execute the run, or the server is shutting down", e);
          };
      return execute(run, refused, lock.get());
    }
  }

  /** Executes a run as soon as no other one is in progress, and returns it when it has ended. */
  public Run runNow(RunKind kind, String requestedBy, RunTask body) throws SQLException {
    RunLock lock = RunLock.acquire(database);
    return execute(begin(kind, requestedBy, lock), body, lock);
  }

  /** The current state of a run. */
  public Optional<Run> find(UUID id) throws SQLException {
    Run own = newest;
    return own != null && own.id().equals(id) ? Optional.of(own) : history.find(id);
  }

  /**
   * Calls back when a run has ended: at once if it is not running on this server, otherwise as soon
   * as {@link #find} returns its result and another run can start.
   */
  public void whenEnded(UUID id, Runnable callback) {
    Run own;
    CompletableFuture<Void> end;
    synchronized (this) {
      own = newest;
      end = newestEnd;
    }
    if (own != null && own.id().equals(id)) {
      end.thenRun(callback);
    } else {
      callback.run();
    }
  }

  /** The newest runs, newest first. */
  public List<Run> newest(int limit) throws SQLException {
    Run own = newest;
    return history.newest(limit).stream()
        .map(run -> own != null && own.id().equals(run.id()) ? own : run)
        .toList();
  }

  private Run begin(RunKind kind, String requestedBy, RunLock lock) throws SQLException {
    try {
      history.markOrphanedRuns();
      Run run = Run.started(kind, requestedBy);
      history.add(run);
      synchronized (this) {
        newestEnd = new CompletableFuture<>();
        newest = run;
      }
      LOG.log(Level.INFO, "{0} {1} started, requested by {2}", kind.text(), run.id(), requestedBy);
      return run;
    } catch (SQLException | RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Executes a run, writes its result to the history and the log, and releases the lock. */
  private Run execute(Run run, RunTask body, RunLock lock) {
    Run ended;
    try {
      ended = run.done(body.run(context(run))).at(newest.progress());
      logDone(ended);
    } catch (RunFailedException e) {
      ended = failed(run, e.errors());
    } catch (IOException e) {
      ended = failed(run, List.of(FixtureError.of(FailureMessages.reason(e))));
    } catch (SQLException | RuntimeException | Error e) {
      ended = failed(run, List.of(FixtureError.of(FailureMessages.reason(e))));
      LOG.log(Level.ERROR, "at: {0}", FailureMessages.trace(e));
    }
    try {
      history.finish(ended);
    } catch (SQLException e) {
      LOG.log(
          Level.ERROR,
          "the outcome of {0} {1} could not be written to the database: {2}",
          run.kind().text(),
          run.id(),
          FailureMessages.reason(e));
    } finally {
      // Clients that see the end may start the next run at once, so the lock is released first.
      CompletableFuture<Void> end = newestEnd;
      release(lock);
      publish(ended);
      end.complete(null);
    }
    return ended;
  }

  /** Publishes the end of a run, unless the next one has already started on this server. */
  private synchronized void publish(Run ended) {
    if (newest.id().equals(ended.id())) {
      newest = ended;
    }
  }

  private RunContext context(Run run) {
    return new RunContext(
        executor,
        progress -> newest = run.at(progress),
        (report, transaction) -> history.keepReport(newest.done(report), transaction));
  }

  private static void release(RunLock lock) {
    try {
      lock.close();
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "the run lock was lost before the end; another run may have started: {0}",
          FailureMessages.reason(e));
    }
  }

  private static void logDone(Run run) {
    LOG.log(Level.INFO, "{0} {1} done: {2}", run.kind().text(), run.id(), run.report().summary());
    run.report().warnings().forEach(warning -> LOG.log(Level.INFO, "{0}", warning));
  }

  private Run failed(Run run, List<FixtureError> errors) {
    LOG.log(Level.ERROR, "{0} {1} failed", run.kind().text(), run.id());
    errors.forEach(error -> LOG.log(Level.ERROR, "{0}", error));
    return run.at(newest.progress()).failed(errors);
  }
}
