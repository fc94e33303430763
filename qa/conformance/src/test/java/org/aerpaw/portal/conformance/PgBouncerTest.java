package org.aerpaw.portal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.backup.TestPortal;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections through Debian's {@code pgbouncer}. */
class PgBouncerTest {

  @TempDir Path folder;

  private TestPortal direct;
  private Process bouncer;
  private int port;

  @BeforeEach
  void createDatabase() throws Exception {
    direct = TestPortal.on(TestDatabase.empty(), folder.resolve("portal"));
  }

  @AfterEach
  void stop() throws Exception {
    bouncer.destroy();
    bouncer.waitFor();
    direct.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default_pool_size = 20",
        "default_pool_size = 20\nserver_round_robin = 1\nmin_pool_size = 5",
        "default_pool_size = 20\nserver_reset_query_always = 1",
      })
  void aPoolOfTransactionsIsNamedAtTheStart(String settings) throws Exception {
    start("pool_mode = transaction\n" + settings);

    assertThatThrownBy(() -> portal().engine.migration().migrate())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the connections to PostgreSQL go through a proxy that pools transactions, such as"
                + " PgBouncer with pool_mode = transaction; the locks and settings of a session do not"
                + " survive there. Connect to PostgreSQL itself, or set pool_mode = session for this"
                + " database");
    assertThat(direct.select("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("0");
  }

  @Test
  void aPoolOfSessionsIsUsed() throws Exception {
    start("pool_mode = session\ndefault_pool_size = 20\nserver_reset_query = DISCARD ALL");

    for (int i = 0; i < 3; i++) {
      portal().engine.migration().migrate();
    }

    portal().set(portal().dump());
  }

  private TestPortal portal() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(direct.database.name());
    source.setUser("anybody");
    return direct.withSessions(source);
  }

  private void start(String settings) throws Exception {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        %1$s = host=127.0.0.1 port=%2$d dbname=%1$s user=%3$s
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %4$d
        unix_socket_dir =
        auth_type = any
        %5$s
        ignore_startup_parameters = extra_float_digits
        %6$s
        """
            .formatted(
                direct.database.name(),
                direct.database.port(),
                direct.database.user(),
                port,
                System.getProperty("user.name").equals("root") ? "user = nobody" : "",
                settings));
    bouncer =
        new ProcessBuilder("/usr/sbin/pgbouncer", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    await().until(this::accepts);
  }

  private boolean accepts() throws IOException {
    assertThat(bouncer.isAlive()).as(Files.readString(folder.resolve("pgbouncer.log"))).isTrue();
    try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return connection.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
