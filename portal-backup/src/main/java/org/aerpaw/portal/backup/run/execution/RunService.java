package org.aerpaw.portal.backup.run.execution;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunListener;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.run.RunStatistics;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.history.RunHistory;

/**
 * Executes runs, one of each group at a time on a database, whichever server they run on, and saves
 * their history.
 */
public final class RunService {

  private static final Logger LOG = System.getLogger(RunService.class.getName());

  private final DataSource database;
  private final Executor executor;
  private final Duration lockTimeout;
  private final RunHistory history;

  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

  /** The newest run of this server in each group. */
  private final Map<RunGroup, ActiveRun> newest = new ConcurrentHashMap<>();

  /**
   * @param files the directory for the run history if the database is read-only
   * @param lockTimeout how long a run may wait for a lock of another transaction; zero for no limit
   * @param executor executes runs in the background, and their background tasks
   * @param reportTypes the class of each kind's report
   */
  public RunService(
      DataSource database,
      Executor executor,
      Path files,
      Duration lockTimeout,
      Map<RunKind, Class<? extends RunReport>> reportTypes) {
    this.database = database;
    this.executor = executor;
    this.lockTimeout = lockTimeout;
    this.history = new RunHistory(database, files, reportTypes);
  }

  /** Decides, while no other run can start, whether a run is still wanted. */
  @FunctionalInterface
  public interface Claim {
    boolean isWanted() throws SQLException, IOException;
  }

  /** Work that is not a run. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    T execute() throws E;
  }

  /** Adds a listener for the runs of this server. */
  public void addListener(RunListener listener) {
    listeners.add(listener);
  }

  /** Starts a run in the background. */
  public Run start(RunKind kind, String requestedBy, RunTask body)
      throws RunInProgressException, SQLException, IOException {
    return start(kind, requestedBy, body, requireLock(kind.group()));
  }

  /**
   * Starts a run in the background if no other one of its group is in progress.
   *
   * @return empty if another run is in progress, or if this one is not wanted
   */
  public Optional<Run> tryStart(RunKind kind, String requestedBy, Claim claim, RunTask body)
      throws SQLException, IOException {
    Optional<RunLock> free = RunLock.tryAcquire(database, kind.group());
    if (free.isEmpty()) {
      return Optional.empty();
    }
    RunLock lock = free.get();
    boolean wanted = false;
    try {
      wanted = claim.isWanted();
    } finally {
      if (!wanted) {
        release(lock);
      }
    }
    return wanted ? Optional.of(start(kind, requestedBy, body, lock)) : Optional.empty();
  }

  private Run start(RunKind kind, String requestedBy, RunTask body, RunLock lock)
      throws SQLException, IOException {
    ActiveRun run = begin(kind, requestedBy, lock);
    try {
      executor.execute(() -> execute(run, body, lock));
      return run.current();
    } catch (RejectedExecutionException e) {
      RunTask refused =
          context -> {
            throw new RunFailedException(
                "no thread is free to execute the run, or the server is shutting down", e);
          };
      return execute(run, refused, lock);
    }
  }

  private RunLock requireLock(RunGroup group)
      throws RunInProgressException, SQLException, IOException {
    Optional<RunLock> lock = RunLock.tryAcquire(database, group);
    if (lock.isEmpty()) {
      throw new RunInProgressException(inProgress(group));
    }
    return lock.get();
  }

  /**
   * Waits until no other run of its group is in progress, executes the run, and returns it when it
   * has ended.
   */
  public Run runAndWait(RunKind kind, String requestedBy, RunTask body)
      throws SQLException, IOException {
    Optional<RunLock> free = RunLock.tryAcquire(database, kind.group());
    if (free.isEmpty()) {
      String other = new RunInProgressException(inProgress(kind.group())).getMessage();
      LOG.log(Level.INFO, "{0} waits: {1}", kind.text(), other);
    }
    RunLock lock = free.isPresent() ? free.get() : RunLock.acquire(database, kind.group());
    return execute(begin(kind, requestedBy, lock), body, lock);
  }

  /** Adds a run that was never started to the history. */
  public void addSkipped(RunKind kind, String requestedBy, String reason)
      throws SQLException, IOException {
    Run skipped = Run.started(kind, requestedBy).skipped(reason);
    history.add(skipped);
    LOG.log(Level.WARNING, "{0} {1} skipped: {2}", kind.text(), skipped.id(), reason);
    announce(listener -> listener.ended(skipped));
  }

  /**
   * Marks runs whose server stopped as ended in the history: done if their report was saved,
   * otherwise interrupted.
   */
  public void endOrphans() throws SQLException, IOException {
    for (RunGroup group : RunGroup.values()) {
      Optional<RunLock> lock = RunLock.tryAcquire(database, group);
      if (lock.isPresent()) {
        try {
          endOrphans(group);
        } finally {
          release(lock.get());
        }
      }
    }
  }

  /** The lock of the group must be held. */
  private void endOrphans(RunGroup group) throws SQLException, IOException {
    for (Run orphan : history.endOrphans(group)) {
      LOG.log(
          Level.WARNING,
          "the server of {0} {1} stopped before the end of the run was saved",
          orphan.kind().text(),
          orphan.id());
      announce(listener -> listener.ended(orphan));
    }
  }

  /**
   * Does some work that is not a run while no run of a group is in progress.
   *
   * @throws RunInProgressException if one is
   */
  public <T, E extends Exception> T whileIdle(RunGroup group, Work<T, E> work)
      throws E, RunInProgressException, SQLException, IOException {
    RunLock lock = requireLock(group);
    try {
      return work.execute();
    } finally {
      release(lock);
    }
  }

  /** The current state of a run. */
  public Optional<Run> find(UUID id) throws SQLException, IOException {
    Optional<Run> own = own(id).map(ActiveRun::current);
    return own.isPresent() ? own : history.find(id);
  }

  /**
   * Calls back when a run has ended: at once if it is not running on this server, otherwise as soon
   * as {@link #find} returns its result and another run can start.
   */
  public void whenEnded(UUID id, Runnable callback) {
    own(id).ifPresentOrElse(run -> run.whenEnded(callback), callback);
  }

  /**
   * Cancels a run of this or another server. It ends soon, and changes nothing, unless it was about
   * to commit. A copy keeps the files that it has transferred.
   *
   * @param requestedBy the user to name as the reason
   * @return whether the run was in progress
   */
  public boolean cancel(UUID id, String requestedBy) throws SQLException, IOException {
    boolean isCopy = find(id).filter(run -> run.kind() == RunKind.COPY).isPresent();
    String reason =
        "cancelled by "
            + requestedBy
            + (isCopy ? "; the files that were transferred are kept" : "; nothing was changed");
    Optional<ActiveRun> own = own(id);
    if (own.isEmpty()) {
      return history.requestCancel(id, reason);
    }
    if (own.get().current().state() != RunState.RUNNING) {
      return false;
    }
    own.get().cancel(reason);
    return true;
  }

  /** The runs in progress on all servers, newest first. */
  public List<Run> inProgress() throws SQLException, IOException {
    return history.running();
  }

  /** The run of a group that is in progress on any server; empty if there is none. */
  public Optional<Run> inProgress(RunGroup group) throws SQLException, IOException {
    return inProgress().stream().filter(run -> run.kind().group() == group).findFirst();
  }

  /** The history in numbers. */
  public RunStatistics statistics() throws SQLException, IOException {
    return history.statistics();
  }

  /** The newest runs, newest first. */
  public List<Run> newest(int limit) throws SQLException, IOException {
    return history.newest(limit).stream()
        .map(run -> own(run.id()).map(ActiveRun::current).orElse(run))
        .toList();
  }

  private Optional<ActiveRun> own(UUID id) {
    return newest.values().stream().filter(own -> own.current().id().equals(id)).findFirst();
  }

  private ActiveRun begin(RunKind kind, String requestedBy, RunLock lock)
      throws SQLException, IOException {
    try {
      endOrphans(kind.group());
      Run run = Run.started(kind, requestedBy);
      history.add(run);
      var active = new ActiveRun(run);
      newest.put(kind.group(), active);
      LOG.log(Level.INFO, "{0} {1} started, requested by {2}", kind.text(), run.id(), requestedBy);
      announce(listener -> listener.started(run));
      return active;
    } catch (SQLException | IOException | RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /** Executes a run, writes its result to the history and the log, and releases the lock. */
  private Run execute(ActiveRun run, RunTask body, RunLock lock) {
    Run ended;
    try (var monitor = RunMonitor.start(run, lock, history, lockTimeout)) {
      RunReport report = body.run(run.context(executor, history));
      ended = run.current().done(report);
      logDone(ended);
    } catch (RunFailedException e) {
      ended = failed(run, e.errors());
    } catch (IOException e) {
      ended = failed(run, List.of(FixtureError.of(FailureMessages.reason(e))));
    } catch (UnknownOutcomeException e) {
      ended = failed(run.current(), List.of(FixtureError.of(FailureMessages.reason(e))));
    } catch (SQLException | RuntimeException | Error e) {
      ended = failed(run, List.of(FixtureError.of(FailureMessages.reason(e))));
      if (run.cancelReason().isEmpty()) {
        LOG.log(Level.ERROR, "stack trace: {0}", FailureMessages.trace(e));
      }
    }
    try {
      history.finish(ended);
    } catch (SQLException | IOException e) {
      LOG.log(
          Level.ERROR,
          "the outcome of {0} {1} could not be saved: {2}",
          ended.kind().text(),
          ended.id(),
          FailureMessages.reason(e));
    } finally {
      // Clients that see the end may start the next run at once, so the lock is released first.
      release(lock);
      run.end(ended);
    }
    Run announced = ended;
    announce(listener -> listener.ended(announced));
    return ended;
  }

  private void announce(Consumer<RunListener> event) {
    for (RunListener listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(
            Level.ERROR, "internal error while announcing a run: {0}", FailureMessages.trace(e));
      }
    }
  }

  private static void release(RunLock lock) {
    try {
      lock.close();
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "the connection that keeps other runs from starting was lost; another run may have started"
              + " at the same time: {0}",
          FailureMessages.reason(e));
    }
  }

  private static void logDone(Run run) {
    LOG.log(Level.INFO, "{0} {1} done: {2}", run.kind().text(), run.id(), run.report().summary());
    run.report().warnings().forEach(warning -> LOG.log(Level.INFO, "{0}", warning));
  }

  /**
   * If the run was cancelled, reports that as its only error, since the others are consequences.
   */
  private static Run failed(ActiveRun run, List<FixtureError> errors) {
    return failed(
        run.current(),
        run.cancelReason().map(reason -> List.of(FixtureError.of(reason))).orElse(errors));
  }

  private static Run failed(Run run, List<FixtureError> errors) {
    LOG.log(Level.ERROR, "{0} {1} failed", run.kind().text(), run.id());
    errors.forEach(error -> LOG.log(Level.ERROR, "{0}", error));
    return run.failed(errors);
  }
}
