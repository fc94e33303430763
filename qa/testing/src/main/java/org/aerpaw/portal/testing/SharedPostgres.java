package org.aerpaw.portal.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one server of this JVM, started when it is first asked for and stopped with the JVM. */
final class SharedPostgres {

  static final String USER = "postgres";

  private SharedPostgres() {}

  static int port() {
    return Holder.SERVER.getPort();
  }

  private static final class Holder {

    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        // Tests ask for speed, not for a crash-safe disk; what must be flushed is tested on the
        // files we write.
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "none")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot start the tests' PostgreSQL", e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot stop the tests' PostgreSQL", e);
      }
    }
  }
}
