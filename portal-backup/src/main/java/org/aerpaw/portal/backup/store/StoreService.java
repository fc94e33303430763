package org.aerpaw.portal.backup.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupCatalog.Reservation;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunListener;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.FailureMessages;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.store.contents.CopyPlan;
import org.aerpaw.portal.backup.store.contents.StoreContents;
import org.aerpaw.portal.backup.store.contents.StoreIndex;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.transfer.CopyJob;
import org.aerpaw.portal.backup.store.transfer.CopyReport;
import org.aerpaw.portal.backup.store.transfer.EncryptedCopies;
import org.aerpaw.portal.backup.store.transfer.FetchJob;

/**
 * Copies sets to the store, automatically and on request, and fetches them from there. What is to
 * be copied follows from the sets and the store, so nothing is lost when the server ends.
 */
public final class StoreService implements AutoCloseable {

  /** The name of the only store. */
  public static final String NAME = "default";

  /** Who requested the copies that are made automatically. */
  public static final String REQUESTED_BY = "automatic copy";

  private static final Logger LOG = System.getLogger(StoreService.class.getName());

  /** How soon it is noticed that a run has made something to copy. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How often the local sets are checked for something to copy. */
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  /** After this time, the list of copies is read from the store again. */
  private static final Duration LIST_INTERVAL = Duration.ofHours(1);

  /**
   * Runs after which there may be a set to copy. It is copied at once, even if earlier copies
   * failed.
   */
  private static final Set<RunKind> MAY_NEED_COPY = EnumSet.of(RunKind.DUMP, RunKind.VERIFY);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  private final Optional<StoreIndex> index;
  private final EncryptedCopies encryption;
  private final BackupCatalog catalog;
  private final RunService runs;
  private final Predicate<String> awaitsVerification;
  private final InstantSource clock;

  /** Why the copy of a set failed the last time, by its id. */
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /** The number of failures since the last success. */
  private volatile int failuresInARow;

  /** When there may be something to do. */
  private volatile Instant next = Instant.EPOCH;

  private record Failure(int times, String reason) {}

  /**
   * @param settings empty if there is no store
   * @param recipients for whom copies are encrypted; empty if they are not
   * @param awaitsVerification whether a set is about to be verified and must not be copied before
   */
  public StoreService(
      Optional<StoreSettings> settings,
      Optional<Recipients> recipients,
      BackupCatalog catalog,
      RunService runs,
      Predicate<String> awaitsVerification,
      InstantSource clock) {
    this.index = settings.map(store -> new StoreIndex(store, catalog, clock));
    this.encryption = new EncryptedCopies(recipients, catalog);
    this.catalog = catalog;
    this.runs = runs;
    this.awaitsVerification = awaitsVerification;
    this.clock = clock;
    runs.addListener(
        new RunListener() {
          @Override
          public void ended(Run run) {
            if (MAY_NEED_COPY.contains(run.kind())) {
              next = Instant.EPOCH;
            }
          }
        });
  }

  /** Whether this is the name of a store. */
  public boolean exists(String name) {
    return isConfigured() && name.equals(NAME);
  }

  /** Whether there is a store. Without one, nothing is ever copied. */
  public boolean isConfigured() {
    return index.isPresent();
  }

  /**
   * Begins the next copy that is to be made, in the background. One thread calls it again and
   * again, if there is a store.
   *
   * @return when to call it again
   */
  public Duration tick() throws SQLException, IOException {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      next = now.plus(CHECK_INTERVAL);
      readIfOld(now);
      Optional<BackupSet> set = nextToCopy();
      if (set.isPresent()) {
        begin(set.get());
      }
    }
    return POLL;
  }

  /** Sets that never failed come first, so that one that always fails holds up no other. */
  private Optional<BackupSet> nextToCopy() throws IOException {
    return index().plan().pending().stream()
        .filter(set -> !awaitsVerification.test(set.id()))
        .min(Comparator.comparing(set -> times(set.id())));
  }

  private int times(String set) {
    return Optional.ofNullable(failures.get(set)).map(Failure::times).orElse(0);
  }

  private void begin(BackupSet set) throws SQLException, IOException {
    runs.tryStart(RunKind.COPY, REQUESTED_BY, () -> isStillPending(set), copyTask(set));
  }

  /** Another server may have copied the set. If the store cannot be read, the run says why. */
  private boolean isStillPending(BackupSet set) throws IOException {
    try {
      index().read();
    } catch (StoreException e) {
      return true;
    }
    return index().plan().pending().stream().anyMatch(other -> other.id().equals(set.id()));
  }

  /**
   * Reads the list of copies again if it is old. A failure is ignored if a copy is due, since its
   * run fails for the same reason and says so; otherwise it is recorded here.
   */
  private void readIfOld(Instant now) throws IOException {
    if (index().contents().readAt().plus(LIST_INTERVAL).isAfter(now)) {
      return;
    }
    try {
      index().read();
      failuresInARow = 0;
    } catch (StoreException e) {
      if (index().plan().pending().isEmpty()) {
        LOG.log(Level.WARNING, "the copies cannot be listed: {0}", e.getMessage());
        delayRetry();
      }
    }
  }

  private void delayRetry() {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failuresInARow, 6));
    failuresInARow++;
    next = clock.instant().plus(delay.compareTo(LONGEST_RETRY) < 0 ? delay : LONGEST_RETRY);
  }

  private StoreIndex index() {
    return index.orElseThrow();
  }

  /**
   * Starts a copy of a set in the background.
   *
   * @throws InvalidRequestException if there is no store, or if the set is not fit to be copied
   */
  public Run startCopy(BackupSet set, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    requireStore();
    if (set.verification().filter(result -> !result.passed()).isPresent()) {
      throw new InvalidRequestException(
          "set", "its last verification failed; verify it again, or dump again");
    }
    return runs.start(RunKind.COPY, requestedBy, copyTask(set));
  }

  /** Copies a set as soon as no other copy is in progress, and returns the finished run. */
  public Run copyAndWait(BackupSet set, String requestedBy) throws SQLException, IOException {
    return runs.runAndWait(RunKind.COPY, requestedBy, copyTask(set));
  }

  private StoreIndex requireStore() throws InvalidRequestException {
    return index.orElseThrow(
        () -> new InvalidRequestException("store", "there is no store; set PORTAL_STORE"));
  }

  private RunTask copyTask(BackupSet set) {
    return context -> {
      try (Reservation reservation =
          catalog.reserve(List.of(set.folder().resolve(Manifest.FILE)))) {
        CopyReport report = new CopyJob(index(), encryption).copy(NAME, set, context.progress());
        failures.remove(set.id());
        failuresInARow = 0;
        next = Instant.EPOCH;
        return report;
      } catch (StoreException e) {
        recordFailure(set, e.getMessage());
        throw new RunFailedException(e.getMessage(), e);
      } catch (IOException | RuntimeException e) {
        recordFailure(set, FailureMessages.reason(e));
        throw e;
      }
    };
  }

  private void recordFailure(BackupSet set, String reason) {
    failures.merge(
        set.id(), new Failure(1, reason), (before, now) -> new Failure(before.times() + 1, reason));
    delayRetry();
  }

  /**
   * Starts to fetch a set in the background.
   *
   * @param id the id of a set, or {@link FetchJob#LATEST}
   * @throws InvalidRequestException if there is no store, or if the set is already on this server
   */
  public Run startFetch(String id, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.FETCH, requestedBy, fetchTask(id, requestedBy));
  }

  /** Fetches a set as soon as no other set is being fetched, and returns the finished run. */
  public Run fetchAndWait(String id, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.FETCH, requestedBy, fetchTask(id, requestedBy));
  }

  private RunTask fetchTask(String id, String requestedBy) throws InvalidRequestException {
    var job = new FetchJob(requireStore(), catalog);
    job.requireAbsent(id);
    return context -> {
      try {
        return job.fetch(NAME, id, requestedBy, context.progress());
      } catch (StoreException e) {
        throw new RunFailedException(e.getMessage(), e);
      }
    };
  }

  /**
   * Lists the copies as the store has them now.
   *
   * @throws StoreException if it cannot be read
   */
  public StoreList list() throws IOException {
    StoreContents current = index().read();
    CopyPlan plan = index().plan();
    List<StoreList.CopyEntry> sets = new ArrayList<>();
    Map<String, String> incomplete = new LinkedHashMap<>();
    current
        .copies()
        .forEach(
            (id, entry) ->
                entry
                    .problem()
                    .ifPresentOrElse(
                        problem -> incomplete.put(id, problem),
                        () ->
                            sets.add(
                                listed(id, entry.manifest().orElseThrow(), plan.reasons(id)))));
    return new StoreList(NAME, sets, incomplete);
  }

  private StoreList.CopyEntry listed(String id, Manifest manifest, List<String> kept) {
    return new StoreList.CopyEntry(
        id,
        manifest.complete(),
        manifest.safetyBackup(),
        manifest.isEncrypted(),
        manifest.knownObjects(),
        manifest.bytes(),
        catalog.exists(id),
        kept);
  }

  /** The copies of the sets, by id, as far as they are known without asking the store. */
  public Map<String, List<CopyState>> copies() throws IOException {
    Map<String, List<CopyState>> copies = new HashMap<>();
    if (index.isPresent()) {
      index()
          .contents()
          .complete()
          .forEach(entry -> copies.put(entry.copy().set(), stateOfCopy(entry.copy().set(), true)));
      index().plan().pending().forEach(set -> copies.put(set.id(), stateOfCopy(set.id(), false)));
    }
    return copies;
  }

  private List<CopyState> stateOfCopy(String set, boolean copied) {
    String error = Optional.ofNullable(failures.get(set)).map(Failure::reason).orElse(null);
    return List.of(
        copied
            ? new CopyState(NAME, CopyState.State.COPIED, null)
            : new CopyState(NAME, CopyState.State.PENDING, error));
  }

  /**
   * The copies at a glance; empty if there is no store.
   *
   * @param local the sets on this server, newest first
   */
  public Optional<StoreStatus> status(List<SetState> local) throws IOException {
    if (index.isEmpty()) {
      return Optional.empty();
    }
    StoreContents current = index().contents();
    CopyPlan plan = index().plan(local);
    return Optional.of(
        new StoreStatus(
            NAME,
            current.newest().flatMap(BackupCatalog::timestampOf),
            current != StoreContents.NONE,
            plan.pending().size(),
            failuresInARow > 0));
  }

  /** Closes the store's client. */
  @Override
  public void close() {
    index.ifPresent(StoreIndex::close);
  }
}
