package org.aerpaw.portal.backup;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.diff.DiffReport;
import org.aerpaw.portal.backup.diff.DiffService;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.dump.DumpSpace;
import org.aerpaw.portal.backup.dump.StagedSetEncryption;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.masking.MaskingProfiles;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.SessionSettings;
import org.aerpaw.portal.backup.postgres.Standby;
import org.aerpaw.portal.backup.retention.RetentionService;
import org.aerpaw.portal.backup.rows.RowCounter;
import org.aerpaw.portal.backup.run.RunKind;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.schedule.ScheduleService;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.backup.state.SharedValues;
import org.aerpaw.portal.backup.status.StatusService;
import org.aerpaw.portal.backup.store.StoreService;
import org.aerpaw.portal.backup.store.transfer.CopyReport;
import org.aerpaw.portal.backup.store.transfer.FetchReport;
import org.aerpaw.portal.backup.upload.UploadService;
import org.aerpaw.portal.backup.verify.VerificationReport;
import org.aerpaw.portal.backup.verify.VerifyService;

/**
 * The backup engine for one database and one dump directory. This is the only class that wires its
 * services; it needs no container.
 */
public final class BackupEngine implements AutoCloseable {

  /** The class of each kind's report. */
  public static final Map<RunKind, Class<? extends RunReport>> REPORT_TYPES =
      Map.of(
          RunKind.DUMP, DumpReport.class,
          RunKind.LOAD, LoadReport.class,
          RunKind.VERIFY, VerificationReport.class,
          RunKind.DIFF, DiffReport.class,
          RunKind.COPY, CopyReport.class,
          RunKind.FETCH, FetchReport.class);

  /**
   * The directory in the dump directory for the history and the shared values if the database is
   * read-only.
   */
  private static final String RUNS = ".runs";

  private final ModelRegistry registry;
  private final BackupCatalog catalog;
  private final RetentionService retention;
  private final RunService runs;
  private final DumpService dumps;
  private final LoadService loads;
  private final VerifyService verifications;
  private final DiffService diffs;
  private final SharedValues sharedValues;
  private final ScheduleService schedule;
  private final StoreService store;
  private final UploadService uploads;
  private final StatusService status;
  private final RowCounter rowCounter;
  private final SchemaMigration migration;

  /**
   * @param registry the models to dump and load
   * @param executor executes runs in the background, and parts of them in parallel
   */
  public BackupEngine(
      DataSource dataSource, ModelRegistry registry, BackupSettings settings, Executor executor) {
    this(dataSource, registry, settings, executor, InstantSource.system());
  }

  /**
   * @param clock decides what is due and how old something is
   */
  BackupEngine(
      DataSource dataSource,
      ModelRegistry registry,
      BackupSettings settings,
      Executor executor,
      InstantSource clock) {
    DataSource database = new SessionSettings(dataSource);
    this.registry = registry;
    catalog = new BackupCatalog(settings.dumpdata());
    retention = new RetentionService(catalog, settings.retention(), clock);
    runs =
        new RunService(
            database,
            executor,
            settings.dumpdata().resolve(RUNS),
            settings.lockTimeout(),
            REPORT_TYPES);
    var masks = new MaskingProfiles(settings.masking(), registry);
    verifications = new VerifyService(database, registry, catalog, runs);
    sharedValues = new SharedValues(database, settings.dumpdata().resolve(RUNS));
    var space = new DumpSpace(sharedValues);
    Optional<StagedSetEncryption> encryption =
        settings
            .encryption()
            .flatMap(EncryptionSettings::forSets)
            .map(keys -> new StagedSetEncryption(keys, verifications::verifyStaged, space));
    Optional<Standby> standby =
        settings.standby().map(address -> new Standby(address, settings.lockTimeout()));
    dumps =
        new DumpService(database, standby, registry, masks, catalog, retention, runs, encryption);
    loads =
        new LoadService(
            database,
            registry,
            settings.fixtures(),
            settings.masking().accepted(),
            catalog,
            retention,
            runs,
            dumps::dumpSafetyBackup);
    diffs = new DiffService(database, registry, catalog, runs);
    schedule =
        new ScheduleService(settings.schedule(), sharedValues, runs, dumps, verifications, clock);
    store =
        new StoreService(
            settings.store(),
            settings.encryption().map(EncryptionSettings::recipients),
            catalog,
            runs,
            schedule::awaitsVerification,
            clock);
    uploads = new UploadService(catalog, runs, clock);
    status = new StatusService(catalog, runs, schedule, store, space, settings.limits(), clock);
    rowCounter = new RowCounter(database, registry);
    migration = new SchemaMigration(database, registry);
  }

  public ModelRegistry registry() {
    return registry;
  }

  public BackupCatalog catalog() {
    return catalog;
  }

  public RetentionService retention() {
    return retention;
  }

  public RunService runs() {
    return runs;
  }

  public DumpService dumps() {
    return dumps;
  }

  public LoadService loads() {
    return loads;
  }

  public VerifyService verifications() {
    return verifications;
  }

  public DiffService diffs() {
    return diffs;
  }

  /** Values that the servers on this database share. */
  public SharedValues sharedValues() {
    return sharedValues;
  }

  public ScheduleService schedule() {
    return schedule;
  }

  /** Copies of the sets outside of this server. */
  public StoreService store() {
    return store;
  }

  public UploadService uploads() {
    return uploads;
  }

  public StatusService status() {
    return status;
  }

  /** Counts the rows of all models. */
  public RowCounter rowCounter() {
    return rowCounter;
  }

  public SchemaMigration migration() {
    return migration;
  }

  /** Ends connections to the store; runs must have ended before. */
  @Override
  public void close() {
    store.close();
  }
}
