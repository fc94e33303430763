package org.aerpaw.portal.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own on the one PostgreSQL server that all tests of this JVM share. Closing it drops it, whoever is still connected.
 */
public final class TestDatabase implements AutoCloseable {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A new database without any table. */
  public static TestDatabase empty() {
    return create("TEMPLATE template0");
  }

  /** A new database with the content this one has now; nobody may be connected to this one meanwhile. */
  public TestDatabase copy() {
    return create("TEMPLATE " + name);
  }

  private static TestDatabase create(String options) {
    String name = "test_" + COUNTER.incrementAndGet();
    administer("CREATE DATABASE " + name + " " + options);
    return new TestDatabase(name);
  }

  /** Its name on the server. */
  public String name() {
    return name;
  }

  /** The server's port on 127.0.0.1. */
  public int port() {
    return SharedPostgres.port();
  }

  /** The user that owns it; no password is asked for. */
  public String user() {
    return SharedPostgres.USER;
  }

  /** Unpooled connections to it. */
  public DataSource dataSource() {
    return dataSource(name);
  }

  /** A new connection to it, for the caller to close. */
  public Connection connect() throws SQLException {
    return dataSource().getConnection();
  }

  /** Runs one or more statements, committed. */
  public void execute(String sql) {
    execute(name, sql);
  }

  /** Takes every table out of it, as if it had never been used. */
  public void clear() {
    execute(
        "DROP SCHEMA IF EXISTS fixtures CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  }

  /** Lets nobody in any more and sends away who is there, as a server does that goes down. */
  public void shut() {
    administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    administer(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  /** Undoes {@link #shut()}. */
  public void open() {
    administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  @Override
  public void close() {
    administer("DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static void administer(String sql) {
    execute("postgres", sql);
  }

  private static void execute(String database, String sql) {
    try (var connection = dataSource(database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot execute in " + database + ": " + sql, e);
    }
  }

  private static DataSource dataSource(String database) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {SharedPostgres.port()});
    source.setDatabaseName(database);
    source.setUser(SharedPostgres.USER);
    return source;
  }
}
