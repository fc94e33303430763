package org.aerpaw.portal.benchmark;

import java.io.IOException;
import java.nio.file.Path;

/** The options, database server and files that all steps share. */
record Context(
    Options options,
    PostgresServer postgres,
    Path folder,
    CleanupStack stopping,
    Measurements measurements) {

  /** The template of all others: a database as the first start of a portal leaves it. */
  Database empty() {
    return database("empty");
  }

  /** The database that is dumped. */
  Database source() {
    return database("source");
  }

  /** The database into which data is loaded. */
  Database target() {
    return database("target");
  }

  private Database database(String name) {
    return new Database(postgres, "portal_benchmark_" + name);
  }

  Path portalFolder() {
    return folder.resolve("portal");
  }

  PortalServer startPortal(Database database)
      throws BenchmarkException, IOException, InterruptedException {
    return PortalServer.start(
        options.checkout(), database, portalFolder(), options.javaOptions(), stopping);
  }
}
