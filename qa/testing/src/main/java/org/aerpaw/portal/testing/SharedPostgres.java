package org.aerpaw.portal.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The PostgreSQL server of this JVM, started on first use and stopped with the JVM. */
final class SharedPostgres {

  static final String USER = "postgres";

  private SharedPostgres() {}

  static int port() {
    return Server.POSTGRES.getPort();
  }

  /** Connections for creating and dropping databases. */
  static SessionPool sessions() {
    return Administration.SESSIONS;
  }

  private static final class Administration {

    static final SessionPool SESSIONS = new SessionPool("postgres");
  }

  private static final class Server {

    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        // Speed matters more than surviving a crash; tests check what is flushed to the files that
        // we write.
        var builder =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "none");
        MemoryDirectory.create().ifPresent(builder::setDataDirectory);
        var server = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start PostgreSQL for tests", e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot stop PostgreSQL for tests", e);
      }
    }
  }
}
