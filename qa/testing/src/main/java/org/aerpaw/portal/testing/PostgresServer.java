package org.aerpaw.portal.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.zip.ZipFile;

/** A PostgreSQL server on a free port of 127.0.0.1. */
public final class PostgresServer implements AutoCloseable {

  static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final SessionPool sessions;
  private final int version;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
    this.sessions = new SessionPool(server.getPort(), "postgres");
    try (var connection = sessions.getConnection()) {
      this.version = connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL for tests does not answer", e);
    }
  }

  /** The server that all tests of this JVM share, started on first use and stopped with the JVM. */
  static PostgresServer shared() {
    return Shared.SERVER;
  }

  /**
   * Starts a server of a test's own.
   *
   * @param binaries a jar with the programs of one version of PostgreSQL for this machine
   */
  public static PostgresServer start(Path binaries) {
    return start(builder().setPgBinaryResolver((system, hardware) -> programs(binaries)));
  }

  private static PostgresServer start(EmbeddedPostgres.Builder builder) {
    try {
      return new PostgresServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL for tests", e);
    }
  }

  /** Speed matters more than surviving a crash; tests check what is flushed to our own files. */
  private static EmbeddedPostgres.Builder builder() {
    var builder =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("max_connections", "100")
            .setServerConfig("shared_preload_libraries", "pg_stat_statements")
            .setServerConfig("pg_stat_statements.track", "none");
    MemoryDirectory.create().ifPresent(builder::setDataDirectory);
    return builder;
  }

  /** The packed programs, which are the only large entry. */
  private static InputStream programs(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      var entry =
          zip.stream()
              .filter(file -> file.getName().endsWith(".txz"))
              .findAny()
              .orElseThrow(() -> new IOException(jar + " contains no programs of PostgreSQL"));
      return new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
    }
  }

  int port() {
    return server.getPort();
  }

  /** The major version, such as 18. */
  public int version() {
    return version;
  }

  /** Connections for creating and dropping databases. */
  SessionPool sessions() {
    return sessions;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL for tests", e);
    }
  }

  private static final class Shared {

    static final PostgresServer SERVER = start(builder());

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }
}
