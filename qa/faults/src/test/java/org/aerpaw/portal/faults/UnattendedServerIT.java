package org.aerpaw.portal.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.aerpaw.portal.contract.ServerProcess;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that nobody watches: it dumps on its own, and says so when something is wrong. */
class UnattendedServerIT {

  private static final Path RULES = Path.of("../../docs/alerts.yml").toAbsolutePath();
  private static final Path FIXTURES =
      Path.of("../../portal-fixtures-ejb/fixtures").toAbsolutePath();
  private static final Duration OVER_A_MINUTE = Duration.ofSeconds(80);

  @TempDir private Path folder;

  private TestDatabase database;
  private HttpServer receiver;
  private final List<String> messages = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    database = TestDatabase.empty();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          messages.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
    database.close();
  }

  @Test
  void scheduledDumpWhoseServerIsKilledIsReportedAndMadeUp() throws Exception {
    try (ServerProcess server = start(Map.of("PORTAL_DUMP_SCHEDULE", "* * * * *"));
        Connection other = database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("LOCK TABLE users_aerpawuser");
      await().atMost(OVER_A_MINUTE).until(() -> runs(server).contains("\"state\":\"running\""));
      server.killProcesses();
      // A session that waits for a lock does not notice that its client is gone.
      other.rollback();
      server.awaitNoConnections();
    }

    try (ServerProcess server =
        start(Map.of("PORTAL_DUMP_SCHEDULE", "* * * * *", "LOAD_FIXTURES", "true"))) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> runs(server).contains("\"state\":\"done\",\"requestedBy\":\"schedule\""));

      assertThat(runs(server)).contains("\"state\":\"interrupted\"");
      awaitMessage(server, "dump.interrupted");
    }
  }

  @Test
  void prometheusAlertsWhenTheBackupGrowsOld() throws Exception {
    Path rules = folder.resolve("alerts.yml");
    Files.writeString(rules, Files.readString(RULES).replaceAll("for: \\d+[mh]", "for: 0s"));
    Map<String, String> settings =
        Map.of("PORTAL_METRICS_OPEN", "true", "PORTAL_MAX_BACKUP_AGE", "20s");
    try (ServerProcess server = start(settings);
        PrometheusProcess prometheus = PrometheusProcess.start(folder, rules, server.port())) {
      assertThat(promtool(RULES.toString(), "check", "rules")).contains("SUCCESS");
      await().until(() -> prometheus.alerts().contains("PortalBackupMissing"));

      server.portal().run("api/dumps", "{}");
      await()
          .atMost(Duration.ofSeconds(18))
          .until(() -> !prometheus.alerts().contains("PortalBackup"));
      assertThat(promtool(server.portal().get("api/metrics").body(), "check", "metrics")).isEmpty();

      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> prometheus.alerts().contains("\"alertname\":\"PortalBackupTooOld\""));
      // The server checks its health every 30 seconds, and it may have been healthy just before.
      awaitMessage(server, "health.changed");
    }
  }

  private ServerProcess start(Map<String, String> settings) throws IOException {
    var environment = new TreeMap<>(settings);
    environment.put(
        "PORTAL_WEBHOOK_URL", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    environment.put("PORTAL_WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return ServerProcess.start(database, folder, FIXTURES, environment);
  }

  /** Waits longer than it takes to repeat a delivery twice, or to check the health twice. */
  private void awaitMessage(ServerProcess server, String type) {
    await()
        .atMost(OVER_A_MINUTE)
        .untilAsserted(
            () ->
                assertThat(messages)
                    .as("messages of a server that printed %s", server.output())
                    .anyMatch(text -> text.contains(type)));
  }

  private static String runs(ServerProcess server) {
    return server.portal().get("api/runs").body();
  }

  /**
   * Runs promtool and returns what it prints.
   *
   * @param text the last argument, or the standard input of {@code check metrics}
   */
  private static String promtool(String text, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("promtool"));
    command.addAll(List.of(arguments));
    boolean metrics = command.contains("metrics");
    if (!metrics) {
      command.add(text);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write((metrics ? text : "").getBytes(UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
