package org.aerpaw.portal.benchmark.steps;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.portal.PortalRun;
import org.aerpaw.portal.benchmark.portal.PortalServer;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.text.Formats;

/** A portal's database with one number of objects, and its last dump. */
public final class SourceDatabase {

  private final Context bench;
  private final int objects;
  private Map<String, Long> rows;
  private String set;

  public SourceDatabase(Context bench, int objects) {
    this.bench = bench;
    this.objects = objects;
  }

  /** The beginning of the names of steps. */
  public String title() {
    return Formats.count(objects) + " objects: ";
  }

  int objects() {
    return objects;
  }

  public Database database() {
    return bench.source();
  }

  public void fill() throws BenchmarkException, IOException, InterruptedException, SQLException {
    Files.deleteIfExists(pgDumpFile());
    database().createLike(bench.empty());
    database().fill(objects, bench.folder().resolve("fill.sql"));
    // As autovacuum does within the minute.
    database().execute("VACUUM (ANALYZE)");
    database().checkpoint();
    rows = database().rows();
  }

  /**
   * @throws BenchmarkException if the dump does not contain all objects
   */
  public PortalRun dump(PortalServer portal)
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    database().checkpoint();
    PortalRun run = portal.client().dump();
    if (run.count("objects") != objects) {
      throw new BenchmarkException(
          "the dump has " + run.count("objects") + " objects instead of " + objects);
    }
    set = run.set();
    portal.keepOnly(set);
    return run;
  }

  /**
   * Compares the set that was dumped last with the database, which has not changed.
   *
   * @throws BenchmarkException if not all objects are found equal
   */
  PortalRun diff(PortalServer portal)
      throws BenchmarkException, IOException, InterruptedException, SQLException {
    database().checkpoint();
    PortalRun run = portal.client().diff(set);
    long equal =
        run.report().getJsonArray("models").getValuesAs(JsonObject.class).stream()
            .mapToLong(model -> model.getJsonNumber("equal").longValue())
            .sum();
    if (equal != objects || !run.report().getJsonArray("differences").isEmpty()) {
      throw new BenchmarkException(
          "the diff found only " + equal + " of " + objects + " objects equal");
    }
    return run;
  }

  Duration pgDump() throws BenchmarkException, IOException, InterruptedException, SQLException {
    Files.deleteIfExists(pgDumpFile());
    database().checkpoint();
    return database().pgDump(pgDumpFile());
  }

  /** Makes the files to load, unless earlier steps have dumped them. */
  void dumpIfNotYet() throws BenchmarkException, IOException, InterruptedException, SQLException {
    if (set == null) {
      PortalServer portal = bench.startPortal(database());
      dump(portal);
      portal.stop();
    }
    if (Files.notExists(pgDumpFile())) {
      pgDump();
    }
    database().fullDump(fullDumpFile());
  }

  /** The file that {@code pg_dump} wrote last, with the definitions of the tables. */
  Path fullDumpFile() {
    return bench.folder().resolve("pg_dump_full.sql");
  }

  /** The file that {@code pg_dump} wrote last, without the definitions of the tables. */
  Path pgDumpFile() {
    return bench.folder().resolve("pg_dump.sql");
  }

  /** The id of the set that was dumped last. */
  String set() {
    return set;
  }

  List<Path> files(PortalServer portal) throws IOException {
    try (Stream<Path> files = Files.list(portal.set(set))) {
      return files.filter(file -> !file.endsWith("manifest.json")).sorted().toList();
    }
  }

  /**
   * @throws BenchmarkException if a table of the other database has a different number of rows than
   *     this one's
   */
  void requireSameRows(Database other) throws BenchmarkException, SQLException {
    Map<String, Long> there = other.rows();
    if (!there.equals(rows)) {
      throw new BenchmarkException(
          "the load is incomplete: " + there + " rows instead of " + rows + " in " + other.name());
    }
  }
}
