package org.aerpaw.portal.faults;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.dump.DumpRequest;
import org.aerpaw.portal.backup.dump.DumpService;
import org.aerpaw.portal.backup.fixture.FileLayout;
import org.aerpaw.portal.backup.load.LoadMode;
import org.aerpaw.portal.backup.load.LoadRequest;
import org.aerpaw.portal.backup.load.LoadService;
import org.aerpaw.portal.backup.model.ModelRegistry;
import org.aerpaw.portal.backup.run.InvalidRequestException;
import org.aerpaw.portal.backup.run.Run;
import org.aerpaw.portal.backup.run.RunService;
import org.aerpaw.portal.backup.schema.SchemaMigration;
import org.aerpaw.portal.backup.verify.VerifyService;

/** The portal's services on a database, without a server around them. */
final class Engine {

  final BackupCatalog sets;

  private final DataSource database;
  private final ModelRegistry registry;
  private final RunService runs;

  Engine(DataSource database, Path dumpdata) {
    this.database = database;
    this.registry = registry(database);
    this.sets = new BackupCatalog(dumpdata);
    this.runs = new RunService(database, Runnable::run);
  }

  void migrate() throws SQLException {
    new SchemaMigration(database, registry).migrate();
  }

  Run dump(String... apps) throws InvalidRequestException, SQLException {
    return dumps()
        .dumpNow(DumpRequest.of(List.of(apps), List.of(), FileLayout.DEFAULT), "a fault test");
  }

  Run load(Path fixtures) throws InvalidRequestException, SQLException, IOException {
    return new LoadService(database, registry, fixtures, sets, runs, dumps()::dumpAside)
        .loadNow(LoadRequest.of(LoadRequest.FIXTURES, List.of(), LoadMode.MERGE), "a fault test");
  }

  /** Verifies the newest set. */
  Run verify() throws InvalidRequestException, SQLException, IOException {
    return new VerifyService(database, registry, sets, runs)
        .verifyNow(sets.latest().orElseThrow().id(), "a fault test");
  }

  private DumpService dumps() {
    return new DumpService(database, registry, sets, runs);
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
