package org.aerpaw.portal.backup.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupCatalog.Reservation;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.SetState;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunListener;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.FailureMessages;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.store.CopyReport.CopiedFile;
import org.aerpaw.portal.backup.store.files.SetFile;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.files.StoredCopy;

/**
 * Copies sets to the store, automatically and on request, and fetches them from there. What is to
 * be copied follows from the sets and the store, so nothing is lost when the server ends.
 */
public final class StoreService implements AutoCloseable {

  /** The name of the only store. */
  public static final String NAME = "default";

  /** Who requested the copies that are made automatically. */
  public static final String REQUESTED_BY = "automatic copy";

  /** Stands for the newest complete set. */
  public static final String LATEST = "latest";

  private static final Logger LOG = System.getLogger(StoreService.class.getName());

  /** How soon it is noticed that a run has made something to copy. */
  private static final Duration POLL = Duration.ofSeconds(1);

  /** How often the local sets are checked for something to copy. */
  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  /** After this time, the list of copies is read from the store again. */
  private static final Duration LIST_INTERVAL = Duration.ofHours(1);

  /** The runs after which there may be a set to copy, which does not wait for earlier failures. */
  private static final Set<RunKind> MAY_NEED_COPY = EnumSet.of(RunKind.DUMP, RunKind.VERIFY);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(1);

  private final Optional<StoreSettings> settings;
  private final EncryptedCopies encryption;
  private final BackupCatalog catalog;
  private final RunService runs;
  private final Predicate<String> awaitsVerification;
  private final InstantSource clock;

  private Store store;
  private volatile StoreContents contents = StoreContents.NONE;

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
    this.settings = settings;
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
    return settings.isPresent() && name.equals(NAME);
  }

  /** Whether there is a store. Without one, nothing is ever copied. */
  public boolean isConfigured() {
    return settings.isPresent();
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
    return plan().pending().stream()
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
      read();
    } catch (StoreException e) {
      return true;
    }
    return plan().pending().stream().anyMatch(other -> other.id().equals(set.id()));
  }

  /** A failure is left to the copy that is made next, or noticed if there is none. */
  private void readIfOld(Instant now) throws IOException {
    if (contents.read().plus(LIST_INTERVAL).isAfter(now)) {
      return;
    }
    try {
      read();
      failuresInARow = 0;
    } catch (StoreException e) {
      if (plan().pending().isEmpty()) {
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

  private StoreContents read() throws IOException {
    StoreContents fresh = StoreContents.read(store(), contents, clock.instant());
    contents = fresh;
    return fresh;
  }

  private synchronized Store store() {
    if (store == null) {
      store = Store.at(settings.orElseThrow().location(), settings.orElseThrow().endpoint());
    }
    return store;
  }

  private CopyPlan plan() throws IOException {
    return CopyPlan.of(
        catalog.states(), contents, settings.orElseThrow().retention(), clock.instant());
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

  private void requireStore() throws InvalidRequestException {
    if (settings.isEmpty()) {
      throw new InvalidRequestException("store", "there is no store; set PORTAL_STORE");
    }
  }

  private RunTask copyTask(BackupSet set) {
    return context -> {
      try (Reservation reservation =
          catalog.reserve(List.of(set.folder().resolve(Manifest.FILE)))) {
        CopyReport report = copy(set, context);
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

  private CopyReport copy(BackupSet set, RunContext context) throws IOException {
    long began = System.nanoTime();
    Optional<StoreContents.Entry> present = read().find(set.id());
    discardEncryptedFiles(set.id());
    List<String> warnings = new ArrayList<>();
    List<CopiedFile> files =
        present.isPresent() && hasOtherFiles(present.get(), set)
            ? check(present.get(), set, warnings)
            : copy(set, present.map(StoreContents.Entry::copy), context.progress());
    read();
    discardEncryptedFiles(null);
    List<String> deleted = applyRetention(set.id(), warnings);
    return new CopyReport(
        NAME,
        set.id(),
        set.manifest().knownObjects(),
        files.stream().mapToLong(CopiedFile::bytes).sum(),
        files,
        deleted,
        warnings,
        secondsSince(began));
  }

  private List<CopiedFile> copy(
      BackupSet set, Optional<StoredCopy> present, Consumer<Progress> progress) throws IOException {
    BackupSet source = set;
    Optional<StoredCopy> continued = present;
    if (encryption.encrypts(set)) {
      Optional<BackupSet> begun = encryption.begun(set);
      if (begun.isEmpty() && present.isPresent()) {
        // These files are plain, or were encrypted before, so no copy can be made of them.
        store().delete(set.id());
        continued = Optional.empty();
      }
      source = begun.isPresent() ? begun.get() : encryption.encrypt(set, progress);
    }
    return new SetCopier(store(), set.id(), SetFile.of(source), set.manifest().objects(), progress)
        .copy(continued);
  }

  /** Whether a copy with a manifest has other files than the set: encrypted, or plain ones. */
  private boolean hasOtherFiles(StoreContents.Entry copy, BackupSet set) {
    boolean encrypted = copy.manifest().filter(Manifest::isEncrypted).isPresent();
    return copy.copy().hasManifest()
        && (encryption.encrypts(set) || encrypted != set.manifest().isEncrypted());
  }

  private List<CopiedFile> check(StoreContents.Entry copy, BackupSet set, List<String> warnings)
      throws IOException {
    List<CopiedFile> files = new StoredCopyCheck(store(), set.id()).check(copy);
    if (encryption.encrypts(set) && !copy.manifest().orElseThrow().isEncrypted()) {
      warnings.add(
          "the copy is not encrypted: it was made before PORTAL_ENCRYPT was set; to replace it,"
              + " delete it in the store");
    }
    return files;
  }

  /**
   * Deletes encrypted files that no copy needs any more.
   *
   * @param current a set that is being copied; null for none
   */
  private void discardEncryptedFiles(String current) throws IOException {
    Set<String> needed = new HashSet<>();
    plan().pending().forEach(set -> needed.add(set.id()));
    needed.add(current);
    encryption.retainOnly(needed);
  }

  private static BigDecimal secondsSince(long began) {
    return BigDecimal.valueOf(Duration.ofNanos(System.nanoTime() - began).toMillis(), 3);
  }

  /** A failure is a warning, since the copy was made. */
  private List<String> applyRetention(String copied, List<String> warnings) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (String set : plan().deletable()) {
      // One that was copied on request is not deleted at once.
      if (!set.equals(copied)) {
        try {
          store().delete(set);
          deleted.add(set);
        } catch (StoreException e) {
          warnings.add("the copy of the set " + set + " cannot be deleted: " + e.getMessage());
        }
      }
    }
    if (!deleted.isEmpty()) {
      warnings.add("deleted older copies: " + String.join(", ", deleted));
      read();
    }
    return deleted;
  }

  /**
   * Starts to fetch a set in the background.
   *
   * @param id the id of a set, or {@link #LATEST}
   * @throws InvalidRequestException if there is no store, or if the set is already on this server
   */
  public Run startFetch(String id, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.FETCH, requestedBy, fetchTask(id, requestedBy));
  }

  /** Fetches a set as soon as no other one is fetched, and returns the finished run. */
  public Run fetchAndWait(String id, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.FETCH, requestedBy, fetchTask(id, requestedBy));
  }

  private RunTask fetchTask(String id, String requestedBy) throws InvalidRequestException {
    requireStore();
    if (!id.equals(LATEST)) {
      requireAbsent(id);
    }
    return context -> {
      try {
        return fetch(id, requestedBy, context);
      } catch (StoreException e) {
        throw new RunFailedException(e.getMessage(), e);
      }
    };
  }

  private void requireAbsent(String id) throws InvalidRequestException {
    if (catalog.isTaken(id)) {
      throw new InvalidRequestException(
          "set",
          "the set "
              + id
              + (isSound(id)
                  ? " is already on this server"
                  : " is on this server, but damaged; delete its directory, and fetch it again"));
    }
  }

  private boolean isSound(String id) {
    try {
      Optional<BackupSet> set = catalog.find(id);
      return set.isPresent() && set.get().damagedFiles().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private RunReport fetch(String id, String requestedBy, RunContext context)
      throws RunFailedException, IOException {
    long began = System.nanoTime();
    StoreContents current = read();
    String set = id.equals(LATEST) ? current.newest().orElse(LATEST) : id;
    StoreContents.Entry entry =
        current
            .find(set)
            .orElseThrow(
                () ->
                    new RunFailedException(
                        "the store has no " + (set.equals(LATEST) ? "complete set" : "set " + set),
                        null));
    if (!entry.isComplete()) {
      throw new RunFailedException(
          "the copy of the set "
              + set
              + " in the store cannot be fetched: "
              + entry.problem().get(),
          null);
    }
    try {
      requireAbsent(set);
    } catch (InvalidRequestException e) {
      throw new RunFailedException(e.getMessage(), e);
    }
    StoredManifest manifest = StoredManifest.read(store(), set);
    Set<String> movedAside =
        new SetFetcher(store(), catalog, context.progress())
            .fetch(entry.copy(), manifest, requestedBy);
    List<String> warnings = new ArrayList<>();
    movedAside.forEach(file -> warnings.add("an existing file was renamed to " + file));
    return new FetchReport(
        NAME,
        set,
        manifest.manifest().knownObjects(),
        manifest.manifest().bytes(),
        warnings,
        secondsSince(began));
  }

  /**
   * Lists the copies as the store has them now.
   *
   * @throws StoreException if it cannot be read
   */
  public StoreList list() throws IOException {
    StoreContents current = read();
    CopyPlan plan = plan();
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
    if (settings.isPresent()) {
      contents
          .complete()
          .forEach(entry -> copies.put(entry.copy().set(), copy(entry.copy().set(), true)));
      plan().pending().forEach(set -> copies.put(set.id(), copy(set.id(), false)));
    }
    return copies;
  }

  private List<CopyState> copy(String set, boolean copied) {
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
    if (settings.isEmpty()) {
      return Optional.empty();
    }
    StoreContents current = contents;
    CopyPlan plan = CopyPlan.of(local, current, settings.get().retention(), clock.instant());
    return Optional.of(
        new StoreStatus(
            NAME,
            current.newest().flatMap(BackupCatalog::timestampOf),
            current != StoreContents.NONE,
            plan.pending().size(),
            failuresInARow > 0));
  }

  /** Ends what the store's client has started. */
  @Override
  public synchronized void close() {
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
