package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The server of a checkout, with its embedded database, on free ports. */
final class LocalServer implements AutoCloseable {

  /** At new year. */
  private static final String NEVER_IN_A_TEST = "0 0 1 1 *";

  private final Checkout checkout;
  private final String port = freePort();
  private final String databasePort = freePort();
  private final List<Checkout.Started> started = new ArrayList<>();

  LocalServer(Checkout checkout) {
    this.checkout = checkout;
  }

  String port() {
    return port;
  }

  /** The folder of the copies. */
  private Path store() {
    return checkout.resolve("store");
  }

  String databasePort() {
    return databasePort;
  }

  /** Starts {@code run_server.sh} without waiting. */
  Checkout.Started start(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("--port", port));
    all.addAll(List.of(words));
    Checkout.Started server =
        checkout.start(
            "run_server.sh",
            Map.of(
                "POSTGRES_PORT",
                databasePort,
                "PORTAL_JAVA_OPTS",
                "-Xmx256m -XX:TieredStopAtLevel=1 -Dcom.sun.nothing=1",
                "PORTAL_DUMP_SCHEDULE",
                NEVER_IN_A_TEST,
                "PORTAL_STORE",
                Files.createDirectories(store()).toUri().toString()),
            all.toArray(String[]::new));
    started.add(server);
    return server;
  }

  /** Stops the server that runs, deletes its database, and starts with the fixtures. */
  void startOnEmptyDatabase() throws IOException {
    close();
    deleteDatabase();
    awaitServing(start("--load-fixtures"));
  }

  void awaitServing(Checkout.Started server) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> server.hasPrinted("The admin token is in ") || !server.process().isAlive());
    assertThat(server.process().isAlive()).as(() -> server.end().toString()).isTrue();
  }

  Connection connect() throws IOException, SQLException {
    String password = Files.readString(checkout.resolve("db_data/password"));
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres", "postgres", password);
  }

  /** Stops what still runs. */
  @Override
  public void close() {
    for (Checkout.Started server : started) {
      server.process().destroy();
      server.end();
    }
    started.clear();
  }

  private void deleteDatabase() throws IOException {
    Path data = checkout.resolve("db_data");
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
