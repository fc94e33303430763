package org.aerpaw.portal.faults;

import static org.aerpaw.portal.backup.DumpRequestBuilder.dumpOf;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.BackupEngine;
import org.aerpaw.portal.backup.BackupSettings;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.load.source.LoadMode;
import org.aerpaw.portal.backup.load.source.LoadRequest;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;

/** The backup engine on a database, without a server. */
final class Engine {

  final BackupCatalog sets;

  private final DataSource database;
  private final ModelRegistry registry;
  private final Path dumpdata;
  private final BackupEngine engine;

  Engine(DataSource database, Path dumpdata) {
    this.database = database;
    this.registry = registry(database);
    this.dumpdata = dumpdata;
    this.engine = engine(dumpdata);
    this.sets = engine.catalog();
  }

  void migrate() throws SQLException {
    engine.migration().migrate();
  }

  Run dump(String... apps) throws InvalidRequestException, SQLException, IOException {
    return engine.dumps().dumpNow(dumpOf(apps).build(), "a fault test");
  }

  Run load(Path fixtures) throws InvalidRequestException, SQLException, IOException {
    return engine(fixtures)
        .loads()
        .loadNow(LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.MERGE), "a fault test");
  }

  /** Verifies the newest set. */
  Run verify() throws InvalidRequestException, SQLException, IOException {
    return engine.verifications().verifyNow(sets.latest().orElseThrow().id(), "a fault test");
  }

  private BackupEngine engine(Path fixtures) {
    return new BackupEngine(
        database, registry, BackupSettings.of(dumpdata, fixtures), Runnable::run);
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
