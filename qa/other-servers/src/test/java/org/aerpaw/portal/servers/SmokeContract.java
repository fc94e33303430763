package org.aerpaw.portal.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.aerpaw.portal.contract.ServedPortal;
import org.aerpaw.portal.contract.Surroundings;
import org.aerpaw.portal.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What the portal does on every server. */
public abstract class SmokeContract {

  private static final Path ARCHIVE = Path.of(System.getProperty("portal.it.archive"));
  private static final Pattern THREAD = Pattern.compile("^\"", Pattern.MULTILINE);

  /** Cleaners of the JVM, and threads that the server's own pools added meanwhile. */
  private static final int MORE_THREADS = 10;

  private final TestDatabase database = TestDatabase.empty();
  private ApplicationServer server;
  private String address;
  private ServedPortal portal;
  private Path dumpdata;

  /** A server whose files will be in this folder. */
  protected abstract ApplicationServer server(Path folder) throws Exception;

  @BeforeEach
  void startServer(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    Path fixtures = Files.createDirectory(folder.resolve("fixtures"));
    for (Path file : djangoFiles()) {
      Files.copy(file, fixtures.resolve(file.getFileName()));
    }
    Files.copy(
        Surroundings.djangoSet().resolve("aerpaw_roles.json"),
        fixtures.resolve("aerpaw_roles.json"));
    dumpdata = folder.resolve("dumpdata");
    server = server(Files.createDirectory(folder.resolve("server")));
    server.set(
        Map.of(
            "POSTGRES_HOST", "127.0.0.1",
            "POSTGRES_PORT", Integer.toString(database.port()),
            "POSTGRES_DB", database.name(),
            "POSTGRES_USER", database.user(),
            "PORTAL_ADMIN_TOKEN", Surroundings.TOKEN,
            "PORTAL_FIXTURES_DIR", fixtures.toString(),
            "PORTAL_DUMPDATA_DIR", dumpdata.toString(),
            "PORTAL_STATE_DIR", folder.resolve("state").toString()));
    address = "http://127.0.0.1:" + server.port + "/";
    portal = new ServedPortal(URI.create(address));
    server.start();
  }

  @AfterEach
  void stopServer() throws Exception {
    try (database) {
      server.close();
    }
  }

  @Test
  void portalDumpsAndRestoresAndLeavesNothingBehind() throws Exception {
    deploy();
    assertThat(status("api/runs")).as("without a token").isEqualTo(401);

    assertDone(portal.run("api/loads", "{\"from\": \"fixtures\"}"));
    assertDone(portal.run("api/dumps", "{}"));
    for (Path file : djangoFiles()) {
      assertThat(dumpdata.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
    assertDone(portal.run("api/sets/latest/verify", "{}"));

    undeploy();
    int threads = threads();
    deploy();
    assertThat(portal.get("api/sets/latest").statusCode()).isEqualTo(200);
    undeploy();
    assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + MORE_THREADS);
  }

  private void deploy() throws Exception {
    server.deploy(ARCHIVE);
    await().atMost(Duration.ofMinutes(5)).until(this::isServed);
  }

  private void undeploy() throws Exception {
    server.undeploy();
    await().atMost(Duration.ofMinutes(2)).until(() -> !isServed());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(connections()).as("connections").isZero());
    assertThat(server.stacks()).doesNotContain("org.aerpaw.", "org.postgresql.");
  }

  private boolean isServed() {
    try {
      return status("api/health") == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertDone(JsonObject run) {
    assertThat(run.getString("state")).as(run.toString()).isEqualTo("done");
  }

  /** Those of the portal's apps. */
  private static List<Path> djangoFiles() throws IOException {
    try (var files = Files.list(Surroundings.djangoSet())) {
      return files.filter(file -> !file.endsWith("aerpaw_roles.json")).toList();
    }
  }

  private int status(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(1)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private int threads() throws Exception {
    return (int) THREAD.matcher(server.stacks()).results().count();
  }

  private int connections() throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND application_name = 'portal'")) {
      row.next();
      return row.getInt(1);
    }
  }
}
