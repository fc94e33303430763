package org.aerpaw.portal.backup.schedule;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunGroup;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunListener;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.schedule.ScheduleState.LastDump;
import org.aerpaw.portal.backup.schedule.ScheduleState.Missed;
import org.aerpaw.portal.backup.schedule.ScheduleState.Pause;
import org.aerpaw.portal.backup.state.SharedValues;
import org.aerpaw.portal.backup.verify.VerifyService;

/**
 * Begins dumps at the times of the schedule and verifies their sets. Several servers on a database
 * agree on who begins each one.
 */
public final class ScheduleService {

  /** Who requested the runs of the schedule. */
  public static final String REQUESTED_BY = "schedule";

  private static final Logger LOG = System.getLogger(ScheduleService.class.getName());
  private static final int SHOWN_TIMES = 3;

  /** Clocks may be changed, and other servers may pause the schedule. */
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(200);
  private static final Duration WAIT_FOR_OTHER_RUN = Duration.ofSeconds(1);

  private final SharedValues sharedValues;
  private final Optional<SharedScheduleState> sharedState;
  private final boolean verifyAfterDump;
  private final RunService runs;
  private final DumpService dumps;
  private final VerifyService verifications;
  private final InstantSource clock;
  private final List<Consumer<Missed>> missedListeners = new CopyOnWriteArrayList<>();

  /** The newest time for which a dump waits for another run; null if none does. */
  private Instant waited;

  /** Whether the state of an earlier schedule was removed. */
  private boolean forgotten;

  /** Whether a scheduled dump is in progress. */
  private volatile boolean dumping;

  /** The set to verify as soon as no other run is in progress; null if there is none. */
  private volatile String unverified;

  /** The set that is being verified; null if there is none. */
  private volatile String verifying;

  public ScheduleService(
      ScheduleSettings settings,
      SharedValues sharedValues,
      RunService runs,
      DumpService dumps,
      VerifyService verifications,
      InstantSource clock) {
    this.sharedValues = sharedValues;
    sharedState =
        settings.dumps().map(schedule -> new SharedScheduleState(sharedValues, schedule, clock));
    verifyAfterDump = settings.verifyAfterDump();
    this.runs = runs;
    this.dumps = dumps;
    this.verifications = verifications;
    this.clock = clock;
    runs.addListener(
        new RunListener() {
          @Override
          public void ended(Run run) {
            if (run.kind() == RunKind.VERIFY && run.requestedBy().equals(REQUESTED_BY)) {
              verifying = null;
            }
          }
        });
  }

  /** Adds a listener for scheduled times that passed while no server was running. */
  public void addMissedListener(Consumer<Missed> listener) {
    missedListeners.add(listener);
  }

  /**
   * Begins what is due, in the background. To be called again and again by one thread.
   *
   * @return when to call it again
   */
  public Duration tick() throws SQLException, IOException {
    if (sharedState.isEmpty()) {
      forgetState();
      return LONGEST_SLEEP;
    }
    beginVerification();
    Instant now = clock.instant();
    ScheduleState state = sharedState.get().update(current -> current);
    if (state.running() == null && now.isBefore(state.next())) {
      return sleepUntil(state.next(), now);
    }
    if (!beginDump(sharedState.get())) {
      waitForOtherRun(sharedState.get());
    }
    return WAIT_FOR_OTHER_RUN;
  }

  /**
   * Removes the state once, so that a schedule that is turned on again does not count the time in
   * between as missed.
   */
  private void forgetState() throws SQLException, IOException {
    if (!forgotten) {
      forgotten = true;
      SharedScheduleState.remove(sharedValues);
    }
  }

  private static Duration sleepUntil(Instant time, Instant now) {
    Duration sleep = Duration.between(now, time);
    if (sleep.compareTo(SHORTEST_SLEEP) < 0) {
      return SHORTEST_SLEEP;
    }
    return sleep.compareTo(LONGEST_SLEEP) < 0 ? sleep : LONGEST_SLEEP;
  }

  private boolean beginDump(SharedScheduleState schedule) throws SQLException, IOException {
    RunTask dump = dumps.defaultTask();
    Optional<Run> begun =
        runs.tryStart(
            RunKind.DUMP,
            REQUESTED_BY,
            () -> claim(schedule),
            context -> {
              dumping = true;
              try {
                RunReport report = dump.run(context);
                unverified = verifyAfterDump ? ((DumpReport) report).set() : null;
                return report;
              } finally {
                dumping = false;
                markEnded(schedule);
              }
            });
    if (begun.isPresent()) {
      String run = begun.get().id().toString();
      schedule.update(state -> state.withLast(new LastDump(state.last().due(), run)));
    }
    return begun.isPresent();
  }

  /**
   * Decides whether a dump is due, and if so marks it as running. No other run is in progress, so a
   * dump that is already marked was interrupted and is repeated.
   */
  private boolean claim(SharedScheduleState schedule) throws SQLException, IOException {
    Instant now = clock.instant();
    SharedScheduleState.Version before = schedule.read();
    ScheduleState state = before.state();
    DueTimes due = DueTimes.of(state, schedule.schedule(), now);
    if (due.isEmpty() && state.running() == null) {
      return false;
    }
    Instant time = due.isEmpty() ? state.running() : due.newest();
    Optional<Missed> missed = due.missed(waited, now);
    ScheduleState claimed =
        state
            .withNext(due.isEmpty() ? state.next() : schedule.schedule().next(now))
            .withRunning(time)
            .withLast(new LastDump(time, null))
            .withMissed(missed.orElse(state.missed()));
    if (!schedule.replace(before, claimed)) {
      return false;
    }
    waited = null;
    missed.ifPresent(this::tellMissed);
    return true;
  }

  /** Called while the run lock is held: otherwise the dump would look interrupted. */
  private static void markEnded(SharedScheduleState schedule) {
    try {
      schedule.update(state -> state.withRunning(null));
    } catch (SQLException | IOException e) {
      LOG.log(
          Level.WARNING,
          "a scheduled dump will be repeated, since its end could not be saved: {0}",
          e.getMessage());
    }
  }

  private void tellMissed(Missed missed) {
    LOG.log(Level.WARNING, "{0}; one catch-up dump is made now", missed.describe());
    missedListeners.forEach(listener -> listener.accept(missed));
  }

  /** Skips all but the newest dump that is due. */
  private void waitForOtherRun(SharedScheduleState schedule) throws SQLException, IOException {
    SharedScheduleState.Version before = schedule.read();
    DueTimes due = DueTimes.of(before.state(), schedule.schedule(), clock.instant());
    Optional<Run> other = runs.inProgress(RunGroup.DATABASE);
    if (due.isEmpty() || other.isEmpty()) {
      return;
    }
    waited = due.newest();
    if (due.times().size() > 1 && schedule.replace(before, before.state().withNext(due.newest()))) {
      runs.addSkipped(
          RunKind.DUMP,
          REQUESTED_BY,
          ("the dump due at %s had not started when the next one became due at %s, because another"
                  + " run was in progress: %s %s, started at %s by %s")
              .formatted(
                  due.times().get(0),
                  due.newest(),
                  other.get().kind().noun(),
                  other.get().id(),
                  other.get().started(),
                  other.get().requestedBy()));
    }
  }

  private void beginVerification() throws SQLException, IOException {
    String set = unverified;
    if (set == null) {
      return;
    }
    try {
      if (!verifications.isPossible()) {
        unverified = null;
        return;
      }
      RunTask verification = verifications.task(set);
      RunTask marked =
          context -> {
            verifying = set;
            unverified = null;
            return verification.run(context);
          };
      runs.tryStart(RunKind.VERIFY, REQUESTED_BY, () -> set.equals(unverified), marked);
    } catch (InvalidRequestException e) {
      LOG.log(Level.WARNING, "the set {0} cannot be verified: {1}", set, e.reasons());
      unverified = null;
    }
  }

  /** Whether the set is being verified, is about to be, or may be the one that a dump is making. */
  public boolean awaitsVerification(String set) {
    return dumping && verifyAfterDump || set.equals(unverified) || set.equals(verifying);
  }

  /** The schedule with its next times. */
  public Schedule status() throws SQLException, IOException {
    if (sharedState.isEmpty()) {
      return Schedule.NONE;
    }
    CronSchedule schedule = sharedState.get().schedule();
    ScheduleState state = sharedState.get().read().state();
    Instant now = clock.instant();
    List<Instant> next = new ArrayList<>();
    Instant time = state.next().isAfter(now) ? state.next() : schedule.next(now);
    for (int i = 0; i < SHOWN_TIMES; i++) {
      next.add(time);
      time = schedule.next(time);
    }
    return new Schedule(
        state.expression(),
        state.zone(),
        next,
        state.last(),
        state.missed(),
        state.isPaused(now) ? state.paused() : null);
  }

  /**
   * Pauses the schedule until a given time. Dumps that fall due before then are never run.
   *
   * @param by the user to name as the one who paused it
   * @throws InvalidRequestException if there is no schedule, or if the time is not in the future
   */
  public void pause(Instant until, String reason, String by)
      throws InvalidRequestException, SQLException, IOException {
    SharedScheduleState schedule = requireSchedule();
    if (!until.isAfter(clock.instant())) {
      throw new InvalidRequestException("until", "must be in the future");
    }
    var pause = new Pause(until, reason, by);
    schedule.update(state -> state.withPause(pause).withNext(pause.next(schedule.schedule())));
    LOG.log(Level.INFO, "the schedule is paused until {0} by {1}: {2}", until, by, reason);
  }

  /**
   * Ends a pause; does nothing if there is none.
   *
   * @throws InvalidRequestException if there is no schedule
   */
  public void resume() throws InvalidRequestException, SQLException, IOException {
    SharedScheduleState schedule = requireSchedule();
    Instant now = clock.instant();
    schedule.update(
        state ->
            state.isPaused(now)
                ? state.withPause(null).withNext(schedule.schedule().next(now))
                : state);
  }

  private SharedScheduleState requireSchedule() throws InvalidRequestException {
    return sharedState.orElseThrow(
        () -> new InvalidRequestException(List.of(FixtureError.of("there is no schedule"))));
  }
}
