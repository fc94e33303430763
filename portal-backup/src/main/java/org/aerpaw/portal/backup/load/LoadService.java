package org.aerpaw.portal.backup.load;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.load.source.FixtureFile;
import org.aerpaw.portal.backup.load.source.FixtureResolver;
import org.aerpaw.portal.backup.load.source.FixtureSetHash;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.load.source.ResolvedFixtures;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.postgres.UnknownOutcomeException;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunService;
import org.aerpaw.portal.backup.run.RunTask;

/** Loads fixtures into the database. */
public final class LoadService {

  private final DataSource database;
  private final ModelRegistry registry;
  private final FixtureResolver folders;
  private final BackupCatalog sets;
  private final RunService runs;
  private final BackupTask backup;

  /**
   * @param fixtures the folder of fixtures that are loaded at start
   * @param backup what replacing loads begin with
   */
  public LoadService(
      DataSource database,
      ModelRegistry registry,
      Path fixtures,
      BackupCatalog sets,
      RunService runs,
      BackupTask backup) {
    this.database = database;
    this.registry = registry;
    this.folders = new FixtureResolver(fixtures, sets);
    this.sets = sets;
    this.runs = runs;
    this.backup = backup;
  }

  /** The problems of a request that cannot be started for other reasons. */
  public List<FixtureError> problems(LoadRequest request) throws IOException {
    try {
      folders.find(request);
      return List.of();
    } catch (InvalidRequestException e) {
      return e.errors();
    }
  }

  /** Starts a load and does not wait for it. */
  public Run start(LoadRequest request, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.LOAD, requestedBy, body(request));
  }

  /** Waits until nothing else runs, loads and returns how it ended. */
  public Run loadNow(LoadRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runNow(RunKind.LOAD, requestedBy, body(request));
  }

  /** The same, but does nothing if the very same files were loaded before, by whatever request. */
  public Run loadOnceNow(LoadRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    ResolvedFixtures found = folders.find(request);
    return runs.runNow(
        RunKind.LOAD,
        requestedBy,
        context ->
            wasLoaded(found.files()) ? LoadReport.LOADED_BEFORE : load(request, found, context));
  }

  private RunTask body(LoadRequest request) throws InvalidRequestException, IOException {
    ResolvedFixtures found = folders.find(request);
    return context -> load(request, found, context);
  }

  private LoadReport load(LoadRequest request, ResolvedFixtures found, RunContext context)
      throws RunFailedException, SQLException, IOException {
    var clock = new StageClock(context.progress());
    List<Path> read = found.files().stream().map(FixtureFile::path).toList();
    try (BackupCatalog.Hold hold = sets.hold(read);
        SafetyBackup undo = new SafetyBackup(backup, sets, context);
        Transaction transaction = Transaction.begin(database)) {
      LoadReport report =
          new LoadPipeline(
                  new LoadContext(registry, request, found, transaction, undo, context, clock))
              .run();
      if (!request.dryRun()) {
        clock.enter(LoadStage.COMMIT);
        context.history().keep(report, transaction);
        commit(transaction, undo);
      }
      return report;
    }
  }

  /** A load that may have been done can be undone. */
  private static void commit(Transaction transaction, SafetyBackup undo) throws SQLException {
    try {
      transaction.commit();
    } catch (UnknownOutcomeException e) {
      undo.keep();
      throw e;
    }
    undo.keep();
  }

  private boolean wasLoaded(List<FixtureFile> files) throws SQLException, IOException {
    try (Transaction transaction = Transaction.begin(database)) {
      return FixtureSetHash.of(files).wasLoaded(transaction);
    }
  }
}
