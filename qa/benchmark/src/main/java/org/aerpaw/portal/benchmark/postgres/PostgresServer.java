package org.aerpaw.portal.benchmark.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A running PostgreSQL server.
 *
 * @param programs the folder with its {@code psql} and {@code pg_dump}
 * @param password empty where none is needed
 */
public record PostgresServer(Path programs, String host, int port, String user, String password) {

  public static final String MAINTENANCE = "postgres";

  Connection connect(String database) throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(user);
    source.setPassword(password);
    return source.getConnection();
  }

  /** What tells PostgreSQL's own programs where a database is. */
  Map<String, String> environment(String database) {
    return Map.of(
        "PGHOST", host,
        "PGPORT", Integer.toString(port),
        "PGUSER", user,
        "PGPASSWORD", password,
        "PGDATABASE", database);
  }

  /** What tells the portal, and the Django project, where a database is. */
  public Map<String, String> portalSettings(String database) {
    return Map.of(
        "POSTGRES_HOST", host,
        "POSTGRES_PORT", Integer.toString(port),
        "POSTGRES_USER", user,
        "POSTGRES_PASSWORD", password,
        "POSTGRES_DB", database);
  }
}
