package org.aerpaw.portal.benchmark.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.Command;

/** A database, and PostgreSQL's own tools for it. */
public record Database(PostgresServer server, String name) {

  private static final String TABLES =
      "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'r' AND"
          + " c.relnamespace = 'public'::regnamespace ORDER BY 1";

  public void create() throws SQLException {
    drop();
    administer("CREATE DATABASE " + name);
  }

  /**
   * Creates the database anew: no rows but those of the template, no statistics, and nothing left
   * to be written to the disk.
   */
  public void createLike(Database template) throws SQLException {
    drop();
    administer("CREATE DATABASE " + name + " TEMPLATE " + template.name);
    checkpoint();
  }

  public void createEmpty() throws SQLException {
    drop();
    administer("CREATE DATABASE " + name + " TEMPLATE template0");
    checkpoint();
  }

  /** Waits until the portal has finished its run, and closes its idle connections. */
  public void drop() throws SQLException {
    awaitNoRun();
    administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  /**
   * Waits until no run holds its run lock, which it keeps for a moment after its end is reported.
   */
  public void awaitNoRun() throws SQLException {
    try (var connection = server.connect(PostgresServer.MAINTENANCE);
        var statement = connection.createStatement()) {
      String locks =
          "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
              + " WHERE l.locktype = 'advisory' AND d.datname = '"
              + name
              + "'";
      while (number(statement, locks) > 0) {
        statement.execute("SELECT pg_sleep(0.01)");
      }
    }
  }

  /**
   * Writes the changes of earlier steps to the disk, so that the next step is not slowed down by
   * it.
   */
  public void checkpoint() throws SQLException {
    administer("CHECKPOINT");
  }

  private void administer(String sql) throws SQLException {
    try (var connection = server.connect(PostgresServer.MAINTENANCE);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public void execute(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** The single number that a query returns. */
  long number(String query) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      return number(statement, query);
    }
  }

  /** The single text that a query returns. */
  public String text(String query) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** The number of rows of each of the portal's tables. */
  public Map<String, Long> rows() throws SQLException {
    return count("true");
  }

  /** The number of rows in all tables that this transaction or a later one wrote. */
  public long rowsWrittenSince(long transaction) throws SQLException {
    // A row names its transaction by the lower half of its number.
    return count("xmin::text::bigint >= " + (transaction & 0xffff_ffffL)).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** A transaction id higher than all earlier ones. */
  public long nextTransaction() throws SQLException {
    return number("SELECT pg_current_xact_id()::text::bigint");
  }

  private Map<String, Long> count(String condition) throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        rows.put(
            table,
            number(
                statement, "SELECT count(*) FILTER (WHERE " + condition + ") FROM ONLY " + table));
      }
    }
    return rows;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(TABLES)) {
      while (result.next()) {
        tables.add(result.getString(1));
      }
    }
    return tables;
  }

  /**
   * Creates this many objects, distributed over all models.
   *
   * @param script the file for the statements, which {@code psql} executes
   */
  public void fill(int objects, Path script)
      throws BenchmarkException, IOException, InterruptedException {
    try (var statements = Database.class.getResourceAsStream("fill.sql")) {
      Files.copy(statements, script, StandardCopyOption.REPLACE_EXISTING);
    }
    psql("-1", "-q", "-v", "ON_ERROR_STOP=1", "-v", "objects=" + objects, "-f", script);
  }

  /** Loads what {@link #pgDump} wrote, in one transaction. */
  public Duration psql(Path file) throws BenchmarkException, IOException, InterruptedException {
    return psql("-1", "-q", "-v", "ON_ERROR_STOP=1", "-f", file);
  }

  private Duration psql(Object... options)
      throws BenchmarkException, IOException, InterruptedException {
    return program("psql", options).run();
  }

  /** Writes all rows of the portal's tables to a file, and the file to the disk. */
  public Duration pgDump(Path file) throws BenchmarkException, IOException, InterruptedException {
    return program("pg_dump", "--data-only", "-Fp", "-n", "public", "-f", file)
        .run()
        .plus(Command.of("sync", file).run());
  }

  /** Writes the definitions and rows of the portal's tables to a file. */
  public void fullDump(Path file) throws BenchmarkException, IOException, InterruptedException {
    program("pg_dump", "-Fp", "--exclude-schema=fixtures", "-f", file).run();
  }

  private Command program(String program, Object... options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(server.programs().resolve(program).toString());
    for (Object option : options) {
      arguments.add(option.toString());
    }
    return Command.of(arguments).with(server.environment(name));
  }
}
