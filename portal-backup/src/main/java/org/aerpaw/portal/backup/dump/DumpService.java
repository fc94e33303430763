package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.masking.CheckedProfile;
import org.aerpaw.portal.backup.masking.MaskingProfiles;
import org.aerpaw.portal.backup.masking.RowMasker;
import org.aerpaw.portal.backup.model.Model;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.model.RolePrivileges;
import org.aerpaw.portal.backup.model.SchemaValidator;
import org.aerpaw.portal.backup.postgres.Standby;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;
import org.aerpaw.portal.backup.run.RunInProgressException;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunTask;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.selection.ObjectSearch;
import org.aerpaw.portal.backup.selection.RequestedObjects;
import org.aerpaw.portal.backup.selection.SelectedObjects;
import org.aerpaw.portal.backup.selection.StoredObjects;

/** Dumps the database, or parts of it, to a set of fixture files. */
public final class DumpService {

  private static final Logger LOG = System.getLogger(DumpService.class.getName());

  private final DataSource database;
  private final Optional<Standby> standby;
  private final ModelRegistry registry;
  private final MaskingProfiles masks;
  private final BackupCatalog sets;
  private final RetentionService retention;
  private final RunService runs;
  private final Optional<StagedSetEncryption> encryption;

  /**
   * @param standby where dumps read from, except safety backups; empty for the database itself
   * @param encryption encrypts all sets; empty if they are not encrypted
   */
  public DumpService(
      DataSource database,
      Optional<Standby> standby,
      ModelRegistry registry,
      MaskingProfiles masks,
      BackupCatalog sets,
      RetentionService retention,
      RunService runs,
      Optional<StagedSetEncryption> encryption) {
    this.database = database;
    this.standby = standby;
    this.registry = registry;
    this.masks = masks;
    this.sets = sets;
    this.retention = retention;
    this.runs = runs;
    this.encryption = encryption;
  }

  /** Validates a request without starting it. */
  public List<FixtureError> problems(DumpRequest request) throws IOException {
    try {
      task(request);
      return List.of();
    } catch (InvalidRequestException e) {
      return e.errors();
    }
  }

  /** Starts a dump in the background. */
  public Run start(DumpRequest request, String requestedBy)
      throws InvalidRequestException, RunInProgressException, SQLException, IOException {
    return runs.start(RunKind.DUMP, requestedBy, task(request));
  }

  /** Dumps as soon as no other run is active, and returns the finished run. */
  public Run dumpAndWait(DumpRequest request, String requestedBy)
      throws InvalidRequestException, SQLException, IOException {
    return runs.runAndWait(RunKind.DUMP, requestedBy, task(request));
  }

  /**
   * Dumps every model as part of a replacing load, to a set that does not become {@code latest}. No
   * older set is deleted. Reads the database itself, since a standby may be behind.
   *
   * @return the id of the set
   */
  public String dumpSafetyBackup(RunContext run)
      throws RunFailedException, SQLException, IOException {
    var request = DumpRequest.of(registry.apps());
    DataSource cancellable = run.cancellable().apply(database);
    try (Transaction snapshot = Transaction.beginSnapshot(cancellable)) {
      return dumper(
              request,
              Selection.everything(registry),
              Optional.empty(),
              snapshot,
              cancellable,
              run.withProgress(progress -> {}),
              Optional.empty(),
              Optional.empty())
          .dumpSafetyBackup()
          .set();
    }
  }

  /**
   * Prepares the server, to make its first dump faster. Reads up to 5,000 rows of each model and
   * changes nothing. A failure does no harm: the first dump is slower, or fails for the same
   * reason. Logs whether dumps can read from the standby, if there is one.
   */
  public void warmUp() {
    standby.ifPresent(this::report);
    try {
      WarmUp.run(registry, database);
    } catch (RunFailedException | SQLException | IOException e) {
      LOG.log(
          Level.DEBUG, "the warm-up failed, so the first dump will be slower: {0}", e.getMessage());
    }
  }

  private void report(Standby source) {
    try {
      LOG.log(Level.INFO, "dumps read from {0}", await(source).describe());
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "dumps fail until this is resolved: {0}",
          source.explain(e).orElseGet(() -> e.getMessage()));
    }
  }

  private Manifest.Standby await(Standby source) throws SQLException {
    Standby.Lag lag = source.await(database);
    return new Manifest.Standby(source.name(), lag.seconds(), lag.bytes());
  }

  /** The work of a dump of all apps that are dumped by default. */
  public RunTask defaultTask() {
    try {
      return task(DumpRequest.DEFAULT);
    } catch (InvalidRequestException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private RunTask task(DumpRequest request) throws InvalidRequestException, IOException {
    List<FixtureError> problems = new ArrayList<>();
    Optional<RequestedObjects> objects = request.requestedObjects(registry, problems);
    Selection selection = null;
    try {
      selection = Selection.of(request, registry);
    } catch (InvalidRequestException e) {
      problems.addAll(e.errors());
    }
    CheckedProfile profile = null;
    if (request.mask() != null) {
      try {
        profile = masks.find(request.mask());
      } catch (InvalidRequestException e) {
        problems.addAll(e.errors());
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRequestException(problems);
    }
    Optional<CheckedProfile> masked = Optional.ofNullable(profile);
    Selection validSelection = selection;
    return context -> {
      Optional<RowMasker> mask =
          masked.isPresent() ? Optional.of(masked.get().withKey()) : Optional.empty();
      Dump dump =
          (source, server) -> {
            DataSource cancellable = context.cancellable().apply(source);
            try (Transaction snapshot = Transaction.beginSnapshot(cancellable)) {
              return objects.isPresent()
                  ? dumpObjects(
                      request, objects.get(), mask, snapshot, cancellable, context, server)
                  : dumper(
                          request,
                          validSelection,
                          mask,
                          snapshot,
                          cancellable,
                          context,
                          Optional.empty(),
                          server)
                      .dump();
            }
          };
      return standby.isPresent()
          ? fromStandby(standby.get(), dump)
          : dump.from(database, Optional.empty());
    };
  }

  /** Dumps what a data source has. */
  private interface Dump {
    DumpReport from(DataSource source, Optional<Manifest.Standby> server)
        throws RunFailedException, SQLException, IOException;
  }

  private DumpReport fromStandby(Standby source, Dump dump)
      throws RunFailedException, SQLException, IOException {
    try {
      return dump.from(source, Optional.of(await(source)));
    } catch (SQLException e) {
      Optional<String> reason = source.explain(e);
      if (reason.isPresent()) {
        throw new RunFailedException(reason.get(), e);
      }
      throw e;
    }
  }

  private DumpReport dumpObjects(
      DumpRequest request,
      RequestedObjects requested,
      Optional<RowMasker> mask,
      Transaction snapshot,
      DataSource cancellable,
      RunContext context,
      Optional<Manifest.Standby> server)
      throws RunFailedException, SQLException, IOException {
    Set<Model> models = ObjectSearch.models(requested, registry);
    RunFailedException.throwIfAny(SchemaValidator.differences(models, snapshot));
    RunFailedException.throwIfAny(RolePrivileges.missingForDump(models, snapshot).sentences());
    SelectedObjects selected =
        ObjectSearch.toDump(requested, new StoredObjects(registry, snapshot), registry);
    Selection selection = Selection.of(selected.keys(), registry);
    return dumper(
            request, selection, mask, snapshot, cancellable, context, Optional.of(selected), server)
        .dump();
  }

  private Dumper dumper(
      DumpRequest request,
      Selection selection,
      Optional<RowMasker> mask,
      Transaction snapshot,
      DataSource cancellable,
      RunContext context,
      Optional<SelectedObjects> objects,
      Optional<Manifest.Standby> server) {
    return new Dumper(
        registry,
        sets,
        retention,
        request,
        selection,
        mask,
        snapshot,
        cancellable,
        context,
        objects,
        encryption,
        server);
  }
}
