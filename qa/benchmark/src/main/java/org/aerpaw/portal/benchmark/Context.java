package org.aerpaw.portal.benchmark;

import java.io.IOException;
import java.nio.file.Path;

/** What all steps need. */
record Context(
    Options options,
    PostgresServer postgres,
    Path folder,
    CleanupStack stopping,
    Measurements measurements) {

  /** One with nothing but what a portal makes at its first start; all others are made like it. */
  Database empty() {
    return database("empty");
  }

  /** The one that is dumped. */
  Database source() {
    return database("source");
  }

  /** The one that is loaded into. */
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
