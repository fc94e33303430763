package org.aerpaw.portal.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aerpaw.portal.testing.TestDatabase;

/** The portal as {@code run_server.sh} runs it: the launcher, and below it the server. */
public final class ServerProcess implements AutoCloseable {

  private static final Duration MAX_WAIT = Duration.ofSeconds(120);

  /** A server that lives for seconds is not worth the second compiler. */
  private static final String YOUNG = "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final TestDatabase database;
  private final Process launcher;
  private final List<ProcessHandle> server;
  private final int port;
  private final ServedPortal portal;
  private final Path output;

  private ServerProcess(
      TestDatabase database, Process launcher, int port, ServedPortal portal, Path output) {
    this.output = output;
    this.database = database;
    this.port = port;
    this.launcher = launcher;
    this.server = launcher.descendants().toList();
    this.portal = portal;
  }

  /**
   * Returns when it serves. It loads nothing at its start.
   *
   * @param folder where it keeps its sets, in {@code dumpdata}
   * @param fixtures the folder that is loaded on request
   */
  public static ServerProcess start(TestDatabase database, Path folder, Path fixtures)
      throws IOException {
    return start(database, folder, fixtures, Map.of());
  }

  /**
   * @param more further environment variables
   */
  public static ServerProcess start(
      TestDatabase database, Path folder, Path fixtures, Map<String, String> more)
      throws IOException {
    Path home = Path.of(System.getProperty("portal.it.server"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    int port = Surroundings.freePort();
    Path output = folder.resolve("output");
    var builder =
        new ProcessBuilder(
                java,
                "-cp",
                home.resolve("lib") + "/*",
                "org.aerpaw.portal.cli.Portal",
                "serve",
                "--port",
                Integer.toString(port))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("(POSTGRES|PORTAL)_.*|LOAD_FIXTURES"));
    environment.putAll(settings(database));
    environment.put("PORTAL_FIXTURES_DIR", fixtures.toString());
    environment.put("PORTAL_JAVA_OPTS", YOUNG);
    environment.putAll(more);
    Process launcher = builder.start();
    await()
        .atMost(MAX_WAIT)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !launcher.isAlive() || Files.readString(output).contains("is running at"));
    assertThat(launcher.isAlive()).as("it said %s", Files.readString(output)).isTrue();
    assertThat(folders(folder.resolve(".portal/tmp")))
        .as("what killed servers had unpacked is cleared away")
        .hasSize(1);
    URI address = URI.create("http://127.0.0.1:" + port + "/");
    return new ServerProcess(database, launcher, port, new ServedPortal(address), output);
  }

  private static Map<String, String> settings(TestDatabase database) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("POSTGRES_HOST", "127.0.0.1");
    settings.put("POSTGRES_PORT", Integer.toString(database.port()));
    settings.put("POSTGRES_DB", database.name());
    settings.put("POSTGRES_USER", database.user());
    settings.put("PORTAL_ADMIN_TOKEN", Surroundings.TOKEN);
    return settings;
  }

  public int port() {
    return port;
  }

  public ServedPortal portal() {
    return portal;
  }

  /** What it has printed so far. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Kills it so long from now. */
  public void killAfter(long millis) throws InterruptedException {
    boolean ended = launcher.waitFor(millis, TimeUnit.MILLISECONDS);
    assertThat(ended).as("the launcher ended by itself").isFalse();
    kill();
  }

  /**
   * As when the power fails, except that the database notices: when this returns, nobody is
   * connected to it any more.
   */
  public void kill() {
    killProcesses();
    awaitNoConnections();
  }

  /** Kills it, though the database may not have noticed that yet. */
  public void killProcesses() {
    // First the server: it would end in good order if it saw its launcher go.
    server.forEach(ProcessHandle::destroyForcibly);
    launcher.destroyForcibly();
    Stream.concat(server.stream(), Stream.of(launcher.toHandle()))
        .forEach(process -> process.onExit().join());
  }

  public void awaitNoConnections() {
    await().atMost(MAX_WAIT).pollInterval(Duration.ofMillis(20)).until(() -> connections() == 0);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  @Override
  public void close() {
    if (launcher.isAlive()) {
      kill();
    }
  }

  private long connections() throws Exception {
    String sql =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> '"
            + TestDatabase.APPLICATION_NAME
            + "'";
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
