package org.aerpaw.portal.testing;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** A PostgreSQL server on a free port of 127.0.0.1. */
public final class PostgresServer implements AutoCloseable {

  static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final Path data;

  /** The directory of a standby is a copy, which the server does not delete. */
  private final boolean isStandby;

  private final SessionPool sessions;
  private final int version;

  private PostgresServer(EmbeddedPostgres server, Path data, boolean isStandby) {
    this.server = server;
    this.data = data;
    this.isStandby = isStandby;
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

  /** Starts a server of a test's own, whose commits are in its log when they return. */
  public static PostgresServer start() {
    return start(builder().setServerConfig("synchronous_commit", "on"), newDirectory(), false);
  }

  /**
   * Starts a server of a test's own, of another version.
   *
   * @param binaries a jar with the programs of one version of PostgreSQL for this machine
   */
  public static PostgresServer start(Path binaries) {
    return start(
        builder().setPgBinaryResolver((system, hardware) -> programs(binaries)),
        newDirectory(),
        false);
  }

  /** Starts a standby that replays the log of this server. */
  public PostgresServer startStandby() {
    Path copy = newDirectory();
    try (var connection = sessions.getConnection();
        var backup = connection.createStatement()) {
      backup.execute("SELECT pg_backup_start('standby', true)");
      copyTo(copy);
      try (var label = backup.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
        label.next();
        Files.writeString(copy.resolve("backup_label"), label.getString(1));
      }
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=%s'\n".formatted(port(), USER));
      Files.createFile(copy.resolve("standby.signal"));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("cannot copy PostgreSQL for tests", e);
    }
    return start(builder().setCleanDataDirectory(false), copy, true);
  }

  private void copyTo(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path relative = data.relativize(file);
        if (!relative.startsWith("postmaster.pid")) {
          try {
            Files.copy(file, copy.resolve(relative), REPLACE_EXISTING, COPY_ATTRIBUTES);
          } catch (NoSuchFileException e) {
            // The server has deleted a temporary file.
          }
        }
      }
    }
  }

  private static Path newDirectory() {
    try {
      Optional<Path> memory = MemoryDirectory.create();
      return memory.isPresent() ? memory.get() : Files.createTempDirectory("portal-testing-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a directory for PostgreSQL", e);
    }
  }

  private static PostgresServer start(
      EmbeddedPostgres.Builder builder, Path data, boolean isStandby) {
    try {
      return new PostgresServer(builder.setDataDirectory(data).start(), data, isStandby);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start PostgreSQL for tests", e);
    }
  }

  /** Speed matters more than surviving a crash; tests check what is flushed to our own files. */
  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "off")
        .setServerConfig("full_page_writes", "off")
        .setServerConfig("max_connections", "100")
        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
        .setServerConfig("pg_stat_statements.track", "none");
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

  /** The port on 127.0.0.1. */
  public int port() {
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

  /** Executes a statement outside of any test's database, such as one of administration. */
  public void execute(String sql) {
    TestDatabase.execute(sessions, sql);
  }

  @Override
  public void close() {
    try {
      server.close();
      if (isStandby) {
        MemoryDirectory.delete(data);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop PostgreSQL for tests", e);
    }
  }

  private static final class Shared {

    static final PostgresServer SERVER = start(builder(), newDirectory(), false);

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
    }
  }
}
