package org.aerpaw.portal.faults;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.BackupEngine;
import org.aerpaw.portal.backup.BackupSettings;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.encryption.EncryptionSettings;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.store.StoreList;
import org.aerpaw.portal.backup.store.contents.StoreSettings;

/** The backup engine on a database, without a server. */
final class Engine {

  final BackupCatalog sets;

  private final DataSource database;
  private final ModelRegistry registry;
  private final Path dumpdata;
  private final Optional<StoreSettings> store;
  private final Optional<EncryptionSettings> encryption;
  private final BackupEngine engine;

  Engine(DataSource database, Path dumpdata) {
    this(database, dumpdata, Optional.empty(), Optional.empty());
  }

  Engine(DataSource database, Path dumpdata, StoreSettings store) {
    this(database, dumpdata, Optional.of(store), Optional.empty());
  }

  /** Copies to a store, encrypted if there is an encryption. */
  Engine(
      DataSource database,
      Path dumpdata,
      Optional<StoreSettings> store,
      Optional<EncryptionSettings> encryption) {
    this.database = database;
    this.registry = registry(database);
    this.dumpdata = dumpdata;
    this.store = store;
    this.encryption = encryption;
    this.engine = engine(dumpdata);
    this.sets = engine.catalog();
  }

  void migrate() throws SQLException {
    engine.migration().migrate();
  }

  Run dump(String... apps) throws InvalidRequestException, SQLException, IOException {
    return engine.dumps().dumpAndWait(dumpOf(apps).build(), "a fault test");
  }

  Run load(Path fixtures) throws InvalidRequestException, SQLException, IOException {
    return engine(fixtures)
        .loads()
        .loadAndWait(
            LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.MERGE), "a fault test");
  }

  /** Verifies the newest set. */
  Run verify() throws InvalidRequestException, SQLException, IOException {
    return engine.verifications().verifyAndWait(sets.latest().orElseThrow().id(), "a fault test");
  }

  /** Copies the newest set to the store. */
  Run copy() throws SQLException, IOException {
    return engine.store().copyAndWait(sets.latest().orElseThrow(), "a fault test");
  }

  /** The copies that the store has. */
  StoreList copies() throws IOException {
    return engine.store().list();
  }

  /** Fetches a set from the store. */
  Run fetch(String set) throws InvalidRequestException, SQLException, IOException {
    return engine.store().fetchAndWait(set, "a fault test");
  }

  private BackupEngine engine(Path fixtures) {
    BackupSettings defaults = BackupSettings.of(dumpdata, fixtures);
    return new BackupEngine(
        database,
        registry,
        new BackupSettings(
            dumpdata,
            defaults.retention(),
            defaults.schedule(),
            defaults.limits(),
            fixtures,
            defaults.masking(),
            encryption,
            defaults.lockTimeout(),
            store,
            defaults.standby()),
        Runnable::run);
  }

  private static ModelRegistry registry(DataSource database) {
    Map<String, Object> properties =
        Map.of(
            "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
            "jakarta.persistence.nonJtaDataSource", database,
            "eclipselink.logging.level", "OFF");
    try (EntityManagerFactory unit = Persistence.createEntityManagerFactory("portal", properties)) {
      return ModelRegistry.of(unit);
    }
  }
}
