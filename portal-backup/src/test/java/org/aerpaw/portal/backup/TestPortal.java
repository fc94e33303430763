package org.aerpaw.portal.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.dump.DumpReport;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.fixture.FixtureError;
import org.aerpaw.portal.backup.fixture.compress.Compressed;
import org.aerpaw.portal.backup.fixture.compress.Compression;
import org.aerpaw.portal.backup.fixture.file.FileFormat;
import org.aerpaw.portal.backup.fixture.file.FileLayout;
import org.aerpaw.portal.backup.load.LoadReport;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.masking.MaskingSettings;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.postgres.StandbyAddress;
import org.aerpaw.portal.backup.postgres.Transaction;
import org.aerpaw.portal.backup.retention.RetentionRules;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunState;
import org.aerpaw.portal.backup.run.execution.RunService;
import org.aerpaw.portal.backup.schedule.ScheduleSettings;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.backup.status.HealthLimits;
import org.aerpaw.portal.backup.store.contents.StoreSettings;
import org.aerpaw.portal.backup.verify.VerifyService;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * The services on a migrated database of their own, with folders of their own: what a server has,
 * without the server.
 */
public final class TestPortal implements AutoCloseable {

  /** The name that {@link #loaded} and {@link #refused} give their fixture. */
  public static final String ONE = "one.json";

  private static final Path DJANGO_SET = Path.of("src/test/resources/fixtures/django");

  public final TestDatabase database;
  public final BackupEngine engine;
  public final ModelRegistry registry;
  public final BackupCatalog sets;
  public final RunService runs;
  public final DumpService dumps;
  public final LoadService loads;
  public final VerifyService verifications;
  public final Path fixtures;

  private final BackupSettings settings;

  private TestPortal(
      TestDatabase database,
      DataSource sessions,
      ModelRegistry registry,
      BackupSettings settings,
      InstantSource clock) {
    this.database = database;
    this.registry = registry;
    this.settings = settings;
    this.fixtures = settings.fixtures();
    this.engine =
        new BackupEngine(sessions, registry, settings, task -> new Thread(task).start(), clock);
    this.sets = engine.catalog();
    this.runs = engine.runs();
    this.dumps = engine.dumps();
    this.loads = engine.loads();
    this.verifications = engine.verifications();
  }

  /** On any database, with any models; it needs the tables of both and of the runs. */
  public static TestPortal of(TestDatabase database, ModelRegistry registry, Path folder)
      throws IOException {
    Files.createDirectories(folder.resolve("fixtures"));
    var settings = BackupSettings.of(folder.resolve("dumpdata"), folder.resolve("fixtures"));
    return new TestPortal(
        database, database.dataSource(), registry, settings, InstantSource.system());
  }

  /** With the tables that an empty database gets, and what a start loads into them. */
  public static TestPortal migrated(Path folder) throws IOException {
    return on(Template.DATABASE.copy(), folder);
  }

  /** On a database as it is. */
  public static TestPortal on(TestDatabase database, Path folder) throws IOException {
    return of(database, Template.REGISTRY, folder);
  }

  /** Another server on the same database and folders. */
  public TestPortal otherInstance() {
    return withSessions(database.dataSource());
  }

  /** Another server on the same database and folders, which uses these connections. */
  public TestPortal withSessions(DataSource sessions) {
    return new TestPortal(database, sessions, registry, settings, InstantSource.system());
  }

  /** The same server with another limit for waits. */
  public TestPortal withLockTimeout(Duration lockTimeout) {
    return with(changes -> changes.lockTimeout = lockTimeout, InstantSource.system());
  }

  /** The same server with another number of sets to keep. */
  public TestPortal withRetention(int keepLast) {
    return with(
        changes -> changes.retention = RetentionRules.keepLast(keepLast, ZoneOffset.UTC),
        InstantSource.system());
  }

  /** The same server with a schedule and its own clock. */
  public TestPortal withSchedule(ScheduleSettings schedule, InstantSource clock) {
    return with(changes -> changes.schedule = schedule, clock);
  }

  /** The same server with limits of health and its own clock. */
  public TestPortal withLimits(HealthLimits limits, InstantSource clock) {
    return with(changes -> changes.limits = limits, clock);
  }

  /** The same server with a store and its own clock. */
  public TestPortal withStore(StoreSettings store, InstantSource clock) {
    return with(changes -> changes.store = Optional.of(store), clock);
  }

  /** The same server with other profiles, and another key of masked sets. */
  public TestPortal withMasking(MaskingSettings masking) {
    return with(changes -> changes.masking = masking, InstantSource.system());
  }

  /** The same server, which encrypts its sets. */
  public TestPortal withRecipients(Recipients recipients) {
    return withEncryption(new EncryptionSettings(EncryptionSettings.Scope.ALL, recipients));
  }

  /** The same server, which encrypts its copies, or its sets too. */
  public TestPortal withEncryption(EncryptionSettings encryption) {
    return with(changes -> changes.encryption = Optional.of(encryption), InstantSource.system());
  }

  /** The same server, whose dumps read from a standby. */
  public TestPortal withStandby(StandbyAddress standby) {
    return with(changes -> changes.standby = Optional.of(standby), InstantSource.system());
  }

  private TestPortal with(Consumer<Changes> change, InstantSource clock) {
    var changes = new Changes(settings);
    change.accept(changes);
    return new TestPortal(
        database, database.dataSource(), registry, changes.applied(settings), clock);
  }

  /** The settings in which a server can differ from another one. */
  private static final class Changes {

    private RetentionRules retention;
    private ScheduleSettings schedule;
    private HealthLimits limits;
    private MaskingSettings masking;
    private Optional<EncryptionSettings> encryption;
    private Duration lockTimeout;
    private Optional<StoreSettings> store;
    private Optional<StandbyAddress> standby;

    Changes(BackupSettings settings) {
      retention = settings.retention();
      schedule = settings.schedule();
      limits = settings.limits();
      masking = settings.masking();
      encryption = settings.encryption();
      lockTimeout = settings.lockTimeout();
      store = settings.store();
      standby = settings.standby();
    }

    BackupSettings applied(BackupSettings settings) {
      return new BackupSettings(
          settings.dumpdata(),
          retention,
          schedule,
          limits,
          settings.fixtures(),
          masking,
          encryption,
          lockTimeout,
          store,
          standby);
    }
  }

  public static ModelRegistry portalModels() {
    return Template.REGISTRY;
  }

  /** Puts a fixture into the folder of fixtures. */
  public TestPortal withFixture(String name, String text) throws IOException {
    Files.writeString(fixtures.resolve(name), text);
    return this;
  }

  /** Puts a file into the folder of fixtures. */
  public TestPortal withFixture(Path file) throws IOException {
    Files.copy(file, fixtures.resolve(file.getFileName()));
    return this;
  }

  /** Packs a fixture and puts it into the folder of fixtures. */
  public TestPortal withPacked(String name, Compression compression, String text)
      throws IOException {
    Files.write(fixtures.resolve(name), Compressed.pack(compression, text.getBytes(UTF_8)));
    return this;
  }

  public TestPortal withFixture(String name, Fixture.Item... items) throws IOException {
    return withFixture(name, Fixture.fixture(items));
  }

  /** Puts the thirteen fixtures that a Django portal wrote into the folder of fixtures. */
  public TestPortal withDjangoSet() throws IOException {
    for (Path file : djangoSet()) {
      withFixture(file);
    }
    return this;
  }

  public static List<Path> djangoSet() throws IOException {
    try (Stream<Path> files = Files.list(DJANGO_SET)) {
      return files.sorted().toList();
    }
  }

  /** Loads all of the folder of fixtures. */
  public Run load() throws InvalidRequestException, SQLException, IOException {
    return load(LoadRequest.FIXTURES);
  }

  /** Loads one fixture, which has to succeed, and returns the report. */
  public LoadReport loaded(Fixture.Item... items) throws Exception {
    return loaded(Fixture.fixture(items));
  }

  public LoadReport loaded(String text) throws Exception {
    Files.writeString(fixtures.resolve(ONE), text);
    Run run = load(LoadRequest.FIXTURES, ONE);
    Files.delete(fixtures.resolve(ONE));
    assertThat(run.errors()).isEmpty();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    return run.report(LoadReport.class);
  }

  /** Loads one fixture, which has to fail and to change nothing, and returns the errors as text. */
  public List<String> refused(Fixture.Item... items) throws Exception {
    return refused(Fixture.fixture(items));
  }

  public List<String> refused(String text) throws Exception {
    return refused(text.getBytes(UTF_8));
  }

  public List<String> refused(byte[] text) throws Exception {
    Files.write(fixtures.resolve(ONE), text);
    return refusedFrom(LoadRequest.FIXTURES, ONE);
  }

  /** A load that has to fail and to change nothing. */
  public List<String> refusedFrom(String from, String... names) throws Exception {
    return refused(LoadRequest.of(from, List.of(names), LoadMode.MERGE));
  }

  public List<String> refused(LoadRequest request) throws Exception {
    DatabaseContent before = DatabaseContent.of(database);
    Run run = load(request);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    assertThat(run.report()).isNull();
    assertThat(DatabaseContent.of(database)).isEqualTo(before);
    return run.errors().stream().map(FixtureError::toString).toList();
  }

  /** The rows of a query, a text each, values separated by blanks. */
  public List<String> select(String query) throws SQLException {
    try (var transaction = Transaction.begin(database.dataSource())) {
      return transaction.query(
          row -> {
            var values = new StringJoiner(" ");
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              values.add(row.getString(i));
            }
            return values.toString();
          },
          query);
    }
  }

  public Run load(String from, String... names)
      throws InvalidRequestException, SQLException, IOException {
    return load(LoadRequest.of(from, List.of(names), LoadMode.MERGE));
  }

  public Run load(LoadRequest request) throws InvalidRequestException, SQLException, IOException {
    return loads.loadAndWait(request, "a test");
  }

  /** Adds a row; see {@link Rows}. */
  public TestPortal insert(String table, Object... columnsAndValues) throws SQLException {
    Rows.insert(database, table, columnsAndValues);
    return this;
  }

  /** Dumps apps or models, or the default, in the default style. */
  public Run dump(String... apps) throws InvalidRequestException, SQLException, IOException {
    return dump(FileLayout.DEFAULT, apps);
  }

  public Run dump(FileLayout style, String... apps)
      throws InvalidRequestException, SQLException, IOException {
    return dump(dumpOf(apps).layout(style).build());
  }

  /** Dumps apps or models, or the default, in JSON or JSON Lines, packed or not. */
  public Run dump(FileFormat format, Compression compression, String... apps)
      throws InvalidRequestException, SQLException, IOException {
    return dump(dumpOf(apps).format(format).compress(compression).build());
  }

  public Run dump(DumpRequest request) throws InvalidRequestException, SQLException, IOException {
    return dumps.dumpAndWait(request, "a test");
  }

  public Run verify(BackupSet set) throws InvalidRequestException, SQLException, IOException {
    return verifications.verifyAndWait(set.id(), "a test");
  }

  /** The set that a dump made; says why if it made none. */
  public BackupSet set(Run dump) throws IOException {
    assertThat(dump.errors()).isEmpty();
    return sets.find(dump.report(DumpReport.class).set()).orElseThrow();
  }

  /** A file of the newest set. */
  public DumpedFile dumped(String file) throws IOException {
    return DumpedFile.read(sets.all().get(0).folder().resolve(file));
  }

  @Override
  public void close() {
    database.close();
  }

  private static final class Template {

    static final TestDatabase DATABASE = TestDatabase.empty();
    static final ModelRegistry REGISTRY = registry();

    static {
      try {
        new SchemaMigration(DATABASE.dataSource(), REGISTRY).migrate();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static ModelRegistry registry() {
      Map<String, Object> properties =
          Map.of(
              "jakarta.persistence.transactionType",
              "RESOURCE_LOCAL",
              "jakarta.persistence.nonJtaDataSource",
              DATABASE.dataSource());
      try (EntityManagerFactory unit =
          Persistence.createEntityManagerFactory("portal", properties)) {
        return ModelRegistry.of(unit);
      }
    }
  }
}
