package org.aerpaw.portal.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A separate database for one test, by default on the PostgreSQL server that all tests of this JVM
 * share. Closing it drops it, even if there are still connections.
 */
public final class TestDatabase implements AutoCloseable {

  /** The name that connections of tests have in {@code pg_stat_activity}. */
  public static final String APPLICATION_NAME = "portal-testing";

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final PostgresServer server;
  private final String name;
  private final SessionPool sessions;

  private TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
    this.sessions = new SessionPool(server.port(), name);
  }

  /** Creates a database without tables. */
  public static TestDatabase empty() {
    return on(PostgresServer.shared());
  }

  /** Creates a database without tables on a server of the test's own. */
  public static TestDatabase on(PostgresServer server) {
    return create(server, "template0");
  }

  /** Creates a database without tables whose texts have an encoding, named as in PostgreSQL. */
  public static TestDatabase withEncoding(String encoding) {
    return create(PostgresServer.shared(), "template0 ENCODING '" + encoding + "' LOCALE 'C'");
  }

  /** Creates a database with the present content of this one, which must not have connections. */
  public TestDatabase copy() {
    sessions.clear();
    return create(server, name);
  }

  private static TestDatabase create(PostgresServer server, String template) {
    String name = "test_" + COUNTER.incrementAndGet();
    // In memory, copying files takes a third of the time that logging each page takes.
    String strategy = server.version() < 15 ? "" : " STRATEGY FILE_COPY";
    execute(server.sessions(), "CREATE DATABASE " + name + " TEMPLATE " + template + strategy);
    return new TestDatabase(server, name);
  }

  public String name() {
    return name;
  }

  /** The server's port on 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** The user that owns the database; there is no password. */
  public String user() {
    return PostgresServer.USER;
  }

  /** Pooled connections, reset before they are used again. */
  public DataSource dataSource() {
    return sessions;
  }

  /**
   * Connections that are not pooled.
   *
   * @param statements that every session starts with, such as settings
   */
  public DataSource dataSource(String... statements) {
    return new InitializedDataSource(sessions, List.of(statements));
  }

  /** Connections of a user, who has no password. They are not pooled. */
  public DataSource dataSourceOf(String user) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port()});
    source.setDatabaseName(name);
    source.setUser(user);
    return source;
  }

  /** A connection for the caller to close. */
  public Connection connect() throws SQLException {
    return sessions.getConnection();
  }

  /** Executes one or more statements and commits. */
  public void execute(String sql) {
    execute(sessions, sql);
  }

  /** Drops all tables. */
  public void clear() {
    execute(
        "DROP SCHEMA IF EXISTS fixtures CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  /** Changes the default of a setting for connections made from now on. */
  public void set(String setting, String value) {
    execute("ALTER DATABASE " + name + " SET " + setting + " TO '" + value + "'");
    sessions.clear();
  }

  /** Ends all connections and refuses new ones, as a server does that shuts down. */
  public void refuseConnections() {
    execute(server.sessions(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    execute(
        server.sessions(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /** Reverts {@link #refuseConnections()}. */
  public void acceptConnections() {
    execute(server.sessions(), "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  /** Makes the server count the statements of this database's connections. */
  public void countStatements() {
    set("pg_stat_statements.track", "top");
  }

  /**
   * The number of statements that the server has counted in this database, without the resets of
   * the pool and without those by which a run is watched, which are more the longer it takes.
   */
  public long countedStatements() {
    String sql =
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements JOIN pg_database ON oid = dbid"
            + " WHERE datname = ? AND query NOT LIKE 'DISCARD%'"
            + " AND query NOT LIKE '%cancel_reason%' AND query NOT LIKE '%pg_locks%'";
    try (var connection = server.sessions().getConnection();
        var create = connection.createStatement();
        var count = connection.prepareStatement(sql)) {
      create.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
      count.setString(1, name);
      try (var result = count.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot count the statements of " + name, e);
    }
  }

  @Override
  public void close() {
    sessions.clear();
    execute(server.sessions(), "DROP DATABASE " + name + " WITH (FORCE)");
  }

  static void execute(SessionPool sessions, String sql) {
    try (var connection = sessions.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(
          "cannot execute in " + sessions.getDatabaseName() + ": " + sql, e);
    }
  }

  private static final class InitializedDataSource extends PGSimpleDataSource {

    private final SessionPool sessions;
    private final List<String> statements;

    InitializedDataSource(SessionPool sessions, List<String> statements) {
      this.sessions = sessions;
      this.statements = statements;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = sessions.newSession();
      try (var statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
        return connection;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
  }
}
