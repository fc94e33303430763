package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.FixtureResolver;
import org.aerpaw.portal.backup.load.source.FixtureSetHash;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.Renames;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.aerpaw.portal.backup.postgres.checks.ReadOnlyDatabase;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.selection.RequestedObjects;

/** Loads fixtures into the database. */
public final class LoadService {

  private final DataSource database;
  private final ModelRegistry registry;
  private final FixtureResolver resolver;
  private final boolean acceptsMasked;
  private final BackupCatalog sets;
  private final RetentionService retention;
  private final RunService runs;
  private final SafetyBackupMaker safetyBackupMaker;

  /**
   * @param fixtures the folder of the fixtures that are loaded at startup
   * @param acceptsMasked whether masked sets may be loaded
   * @param safetyBackupMaker makes the safety backup of a replacing load
   */
  public LoadService(
      DataSource database,
      ModelRegistry registry,
      Path fixtures,
      boolean acceptsMasked,
      BackupCatalog sets,
      RetentionService retention,
      RunService runs,
      SafetyBackupMaker safetyBackupMaker) {
    this.database = database;
    this.registry = registry;
    this.resolver = new FixtureResolver(fixtures, sets);
    this.acceptsMasked = acceptsMasked;
    this.sets = sets;
    this.retention = retention;
    this.runs = runs;
    this.safetyBackupMaker = safetyBackupMaker;
  }

  /** The problems with the files and objects that a request names. */
  public List<FixtureError> problems(LoadRequest request) throws IOException {
    try {
      task(request);
      return List.of();
    } catch (InvalidRequestException e) {
      return e.errors();
    }
  }

  /**
   * Starts a load without waiting for it. The identity of the request is overwritten when the load
   * ends.
   */
  public Run start(LoadRequest request, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    try {
      return runs.start(RunKind.LOAD, requestedBy, task(request));
    } catch (InvalidRequestException | RunInProgressException | SQLException | IOException e) {
      request.forgetIdentity();
      throw e;
    }
  }

  /** Waits until no other run is active, executes a load and returns the finished run. */
  public Run loadAndWait(LoadRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.LOAD, requestedBy, task(request));
  }

  /**
   * Like {@link #loadAndWait}, but does nothing if files with the same content were loaded before.
   */
  public Run loadOnceAndWait(LoadRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    ResolvedFixtures found = resolver.find(request);
    RunTask load = task(request);
    return runs.runAndWait(
        RunKind.LOAD,
        requestedBy,
        context -> wasLoaded(found.files()) ? LoadReport.LOADED_BEFORE : load.run(context));
  }

  private RunTask task(LoadRequest request) throws InvalidRequestException, IOException {
    List<FixtureError> problems = new ArrayList<>();
    Optional<RequestedObjects> objects = request.requestedObjects(registry, problems);
    Renames renames = Renames.of(request.rename(), registry, problems);
    try {
      ResolvedFixtures found = resolver.find(request);
      problems.addAll(refusedMasks(found));
      if (problems.isEmpty()) {
        return context -> load(request, found, objects, renames, context);
      }
    } catch (InvalidRequestException e) {
      problems.addAll(e.errors());
    }
    throw new InvalidRequestException(problems);
  }

  /** Pseudonyms must not replace real data, so only a server that is meant for them loads them. */
  private List<FixtureError> refusedMasks(ResolvedFixtures found) {
    return found.files().stream()
        .filter(file -> !acceptsMasked && file.manifest() != null)
        .map(FixtureFile::manifest)
        .filter(manifest -> manifest.mask() != null)
        .distinct()
        .map(
            manifest ->
                FixtureError.ofField(
                    "from",
                    ("the set %s is masked by the profile %s; only a server with"
                            + " PORTAL_ACCEPT_MASKED=true loads it")
                        .formatted(manifest.id(), manifest.mask().profile())))
        .toList();
  }

  private LoadReport load(
      LoadRequest request,
      ResolvedFixtures found,
      Optional<RequestedObjects> objects,
      Renames renames,
      RunContext context)
      throws RunFailedException, SQLException, IOException {
    var clock = new StageClock(context.progress());
    List<Path> files = found.files().stream().map(FixtureFile::path).toList();
    try (BackupCatalog.Reservation reservation = sets.reserve(files);
        SafetyBackup safetyBackup = new SafetyBackup(safetyBackupMaker, sets, retention, context);
        Transaction transaction = Transaction.begin(context.cancellable().apply(database))) {
      Optional<String> readOnly = ReadOnlyDatabase.reason(transaction);
      if (readOnly.isPresent()) {
        throw new RunFailedException("nothing can be loaded: " + readOnly.get(), null);
      }
      LoadReport report =
          new LoadPipeline(
                  new LoadContext(
                      registry,
                      request,
                      found,
                      objects,
                      renames,
                      transaction,
                      safetyBackup,
                      context,
                      clock))
              .run();
      if (!request.dryRun()) {
        clock.enter(LoadStage.COMMIT);
        context.history().keep(report, transaction);
        commit(transaction, safetyBackup);
      }
      return report;
    } finally {
      request.forgetIdentity();
    }
  }

  /** Commits; keeps the safety backup even if the outcome is unknown. */
  private static void commit(Transaction transaction, SafetyBackup safetyBackup)
      throws SQLException {
    try {
      transaction.commit();
    } catch (UnknownOutcomeException e) {
      safetyBackup.keep();
      throw e;
    }
    safetyBackup.keep();
  }

  private boolean wasLoaded(List<FixtureFile> files) throws SQLException, IOException {
    try (Transaction transaction = Transaction.begin(database)) {
      return FixtureSetHash.of(files).wasLoaded(transaction);
    }
  }
}
