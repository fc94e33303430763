package org.aerpaw.portal.benchmark.steps;

import java.io.IOException;
import java.nio.file.Path;
import org.aerpaw.portal.benchmark.measurement.Measurements;
import org.aerpaw.portal.benchmark.options.Options;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.postgres.PostgresServer;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.CleanupStack;

/** The options, database server and files that all steps share. */
public record Context(
    Options options,
    PostgresServer postgres,
    Path folder,
    CleanupStack stopping,
    Measurements measurements) {

  /** The template of all others: a database as the first start of a portal leaves it. */
  public Database empty() {
    return database("empty");
  }

  /** The database that is dumped. */
  public Database source() {
    return database("source");
  }

  /** The database into which data is loaded. */
  public Database target() {
    return database("target");
  }

  private Database database(String name) {
    return new Database(postgres, "portal_benchmark_" + name);
  }

  Path portalFolder() {
    return folder.resolve("portal");
  }

  public PortalServer startPortal(Database database)
      throws BenchmarkException, IOException, InterruptedException {
    return PortalServer.start(
        options.checkout(), database, portalFolder(), options.javaOptions(), stopping);
  }
}
