package org.aerpaw.portal.faults;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.aerpaw.portal.fixtures.dump.DumpRequest;
import org.aerpaw.portal.fixtures.dump.DumpService;
import org.aerpaw.portal.fixtures.format.FixtureStyle;
import org.aerpaw.portal.fixtures.load.LoadMode;
import org.aerpaw.portal.fixtures.load.LoadRequest;
import org.aerpaw.portal.fixtures.load.LoadService;
import org.aerpaw.portal.fixtures.mapping.ModelRegistry;
import org.aerpaw.portal.fixtures.run.InvalidRequestException;
import org.aerpaw.portal.fixtures.run.Run;
import org.aerpaw.portal.fixtures.run.Runs;
import org.aerpaw.portal.fixtures.sets.DumpSets;
import org.aerpaw.portal.fixtures.startup.SchemaMigration;
import org.aerpaw.portal.fixtures.verify.VerifyService;

/** The portal's services on a database, without a server around them. */
final class Engine {

  final DumpSets sets;

  private final DataSource database;
  private final ModelRegistry registry;
  private final Runs runs;

  Engine(DataSource database, Path dumpdata) {
    this.database = database;
    this.registry = registry(database);
    this.sets = new DumpSets(dumpdata);
    this.runs = new Runs(database, Runnable::run);
  }

  void migrate() throws SQLException {
    new SchemaMigration(database, registry).migrate();
  }

  Run dump(String... apps) throws InvalidRequestException, SQLException {
    return dumps()
        .dumpNow(DumpRequest.of(List.of(apps), List.of(), FixtureStyle.DEFAULT), "a fault test");
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
