package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands of a checkout as an operator runs them. */
@Execution(ExecutionMode.CONCURRENT)
class PortalCommandIT {

  @TempDir private Path folder;

  private Checkout checkout;
  private LocalServer local;
  private String port;
  private String databasePort;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = Checkout.in(folder);
    local = new LocalServer(checkout);
    port = local.port();
    databasePort = local.databasePort();
  }

  @AfterEach
  void stopWhatStillRuns() {
    local.close();
  }

  @Test
  void portalRunsDumpsLoadsVerifiesSurvivesAKillAndStops() throws IOException, SQLException {
    Checkout.Started killed = local.start("--load-fixtures");
    local.awaitServing(killed);
    Checkout.Outcome dump =
        checkout.run("dumpdata.sh", Map.of(), "auth", "--exclude", "auth.permission");
    assertThat(dump.status()).as(dump.toString()).isZero();
    assertThat(dump.out())
        .startsWith("dumpdata auth.group --indent 2\n")
        .containsPattern("\n4 objects, 1 file, set \\S+, \\S+ seconds\n$");
    assertThat(checkout.resolve(".portal/admin-token")).exists();
    assertThat(durability()).containsExactly("on", "on", "127.0.0.1");

    killed.process().destroyForcibly();
    killed.end();
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isFree(port));
    Checkout.Started server = local.start();
    local.awaitServing(server);

    Checkout.Outcome all = checkout.run("dumpdata.sh", Map.of());
    assertThat(all.status()).as(all.toString()).isZero();
    assertThat(checkout.resolve("dumpdata/users.json")).hasContent("[\n]");
    Checkout.Outcome load = checkout.run("loaddata.sh", Map.of());
    assertThat(load.status()).as(load.toString()).isZero();
    assertThat(load.out())
        .startsWith("loaddata aerpaw_roles.json: 4 objects\n")
        .contains("4 objects: 0 created, 0 updated, 4 unchanged, 0 deleted, ");
    Checkout.Outcome unknown = checkout.run("dumpdata.sh", Map.of(), "nothing", "users.nobody");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err().lines())
        .containsExactly("apps: unknown app: nothing", "apps: unknown model: users.nobody");
    Checkout.Outcome verified = checkout.run("portal", Map.of(), "verify");
    assertThat(verified.status()).as(verified.toString()).isZero();
    assertThat(verified.out()).containsPattern("set \\S+ passed: 0 objects, 12 files, ");
    Checkout.Outcome compared = checkout.run("portal", Map.of(), "diff", "latest", "--exit-code");
    assertThat(compared.status()).as(compared.toString()).isZero();
    assertThat(compared.out()).containsPattern("\\S+ and database: 0 objects differ, 0 equal, ");
    assertThat(checkout.run("portal", Map.of(), "sets").out()).contains("latest");
    assertThat(checkout.run("portal", Map.of(), "runs").out()).contains("verify  done");
    cancelByCtrlC();
    Checkout.Outcome stranger =
        checkout.run("dumpdata.sh", Map.of("PORTAL_ADMIN_TOKEN", "nonsense"));
    assertThat(stranger.status()).isEqualTo(1);

    server.process().destroy();
    Checkout.Outcome stopped = server.end();
    assertThat(stopped.err()).isEmpty();
    assertThat(isFree(port)).isTrue();
    assertThat(isFree(databasePort)).isTrue();
    Checkout.Outcome tooLate =
        checkout.run("dumpdata.sh", Map.of("PORTAL_URL", "http://127.0.0.1:" + port));
    assertThat(tooLate.status()).isEqualTo(3);
  }

  private void cancelByCtrlC() throws IOException, SQLException {
    try (Connection other = local.connect();
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE users_aerpawuser");
      Checkout.Started dump = checkout.start("dumpdata.sh", Map.of());
      Awaitility.await()
          .until(() -> dump.hasPrintedError("Waiting for users_aerpawuser (held by pid "));

      new ProcessBuilder("kill", "-INT", Long.toString(dump.process().pid())).start();

      Checkout.Outcome cancelled = dump.end();
      assertThat(cancelled.status()).isEqualTo(130);
      assertThat(cancelled.err()).contains("Cancelling ...\n", "; nothing was changed\n");
    }
    assertThat(checkout.run("portal", Map.of(), "cancel").err())
        .isEqualTo("No run is in progress.\n");
  }

  @Test
  void wrongLoadFlagEndsTheStartWithTheReason() throws IOException {
    Checkout.Outcome outcome = local.start("--load-fixtures=perhaps").end();
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.out() + outcome.err()).contains("load-fixtures", "once");
    assertThat(outcome.lastLine()).isEqualTo("Details are in .portal/server.log.");
    assertThat(isFree(port)).isTrue();
    assertThat(isFree(databasePort)).isTrue();
  }

  @Test
  void missingDatabaseEndsTheStartWithTheReason() throws IOException {
    Checkout.Outcome outcome =
        checkout.run(
            "run_server.sh",
            Map.of("POSTGRES_HOST", "127.0.0.1", "POSTGRES_PORT", databasePort),
            "--port",
            port);
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.err()).contains("127.0.0.1:" + databasePort).contains("refused");
  }

  @Test
  void portInUseEndsTheStartAtOnce() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String number = Integer.toString(taken.getLocalPort());
      Checkout.Outcome outcome =
          checkout.run("run_server.sh", Map.of("POSTGRES_PORT", databasePort), "--port", number);
      assertThat(outcome.status()).isEqualTo(1);
      assertThat(outcome.lastLine()).contains("port " + number);
      assertThat(checkout.resolve("db_data")).doesNotExist();
    }
  }

  @Test
  void wrongUsageEndsTheStartAtOnce() throws IOException {
    for (String argument : List.of("--port=0", "--port", "--nothing", "nothing")) {
      Checkout.Outcome outcome = checkout.run("run_server.sh", Map.of(), argument);
      assertThat(outcome.status()).as(argument).isEqualTo(2);
      assertThat(outcome.err()).contains("See ./portal serve --help.");
    }
    assertThat(checkout.run("dumpdata.sh", Map.of(), "--nothing").status()).isEqualTo(2);
    assertThat(checkout.run("loaddata.sh", Map.of(), "--help").out())
        .startsWith("Usage: portal load");
  }

  /** A kept database must survive a crash, and a password keeps out who only shares the machine. */
  private List<String> durability() throws IOException, SQLException {
    try (Connection connection = local.connect();
        var statement = connection.createStatement()) {
      List<String> values = new ArrayList<>();
      for (String setting : List.of("fsync", "synchronous_commit", "listen_addresses")) {
        try (var row = statement.executeQuery("SHOW " + setting)) {
          row.next();
          values.add(row.getString(1));
        }
      }
      return values;
    }
  }

  private static boolean isFree(String port) {
    try (var socket =
        new ServerSocket(Integer.parseInt(port), 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
