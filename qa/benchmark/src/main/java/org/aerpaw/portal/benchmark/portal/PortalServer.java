package org.aerpaw.portal.benchmark.portal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aerpaw.portal.benchmark.measurement.PeakMemory;
import org.aerpaw.portal.benchmark.postgres.Database;
import org.aerpaw.portal.benchmark.postgres.TemporaryCluster;
import org.aerpaw.portal.benchmark.process.BenchmarkException;
import org.aerpaw.portal.benchmark.process.CleanupStack;
import org.aerpaw.portal.benchmark.process.Command;
import org.aerpaw.portal.benchmark.process.Directories;

/** The portal on one database, started as {@code run_server.sh} does. */
public final class PortalServer {

  private static final String RUNNING = "The portal is running at ";
  private static final long MAX_WAIT_MILLIS = 180_000;

  private final Process launcher;
  private final Checkout checkout;
  private final Path folder;
  private final URI address;
  private final String token;
  private final PortalClient client;
  private final CleanupStack stopping;
  private final CleanupStack.Stop stop;

  private PortalServer(
      Process launcher,
      Checkout checkout,
      Path folder,
      URI address,
      String token,
      CleanupStack stopping)
      throws BenchmarkException {
    this.launcher = launcher;
    this.checkout = checkout;
    this.folder = folder;
    this.address = address;
    this.token = token;
    client = new PortalClient(address, token);
    this.stopping = stopping;
    stop = stopping.add(this::end);
  }

  /**
   * Starts it and waits until it serves. Groups come from the checkout's fixtures, as in a portal
   * that was just installed.
   *
   * @param folder where it keeps its dumps and its log
   * @param javaOptions for the server's Java
   */
  public static PortalServer start(
      Checkout checkout, Database database, Path folder, String javaOptions, CleanupStack stopping)
      throws BenchmarkException, IOException, InterruptedException {
    prepareFixtures(checkout, folder);
    Path log = log(folder);
    String token = UUID.randomUUID().toString();
    int port = TemporaryCluster.freePort();
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                checkout.server().resolve("lib").resolve("*").toString(),
                "org.aerpaw.portal.cli.Portal",
                "serve",
                "--load-fixtures",
                "--port",
                Integer.toString(port))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("POSTGRES_") || name.startsWith("PORTAL_"));
    builder.environment().putAll(database.server().portalSettings(database.name()));
    builder.environment().putAll(settings(checkout, folder, javaOptions, token));
    var portal =
        new PortalServer(
            builder.start(),
            checkout,
            folder,
            URI.create("http://127.0.0.1:" + port),
            token,
            stopping);
    portal.awaitServing();
    return portal;
  }

  private static Map<String, String> settings(
      Checkout checkout, Path folder, String javaOptions, String token) {
    Map<String, String> settings = new HashMap<>();
    settings.put("PORTAL_ADMIN_TOKEN", token);
    settings.put("PORTAL_STATE_DIR", folder.resolve("state").toString());
    settings.put("PORTAL_DUMPDATA_DIR", dumpdata(folder).toString());
    settings.put("PORTAL_FIXTURES_DIR", fixtures(folder).toString());
    settings.put("PORTAL_JAVA_OPTS", javaOptions + " -Xlog:gc:file=" + garbageLog(folder));
    return settings;
  }

  /** The portal's own fixtures and nothing else. */
  private static void prepareFixtures(Checkout checkout, Path folder) throws IOException {
    Directories.delete(fixtures(folder));
    Files.createDirectories(fixtures(folder));
    copy(checkout.fixtures(), fixtures(folder));
  }

  private static Path fixtures(Path folder) {
    return folder.resolve("fixtures");
  }

  /** Copies the JSON files of a folder: {@code cp from/*.json to}. */
  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.newDirectoryStream(from, "*.json")) {
      for (Path file : files) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("server.log");
  }

  private static Path garbageLog(Path folder) {
    return folder.resolve("gc.log");
  }

  /** Where portals of this folder keep their sets. */
  public static Path dumpdata(Path folder) {
    return folder.resolve("dumpdata");
  }

  private void awaitServing() throws BenchmarkException, IOException, InterruptedException {
    long deadline = System.currentTimeMillis() + MAX_WAIT_MILLIS;
    while (!Files.readString(log(folder)).contains(RUNNING)) {
      if (!launcher.isAlive() || System.currentTimeMillis() > deadline) {
        throw new BenchmarkException("The portal did not start:\n" + Command.end(log(folder)));
      }
      Thread.sleep(50);
    }
  }

  public PortalClient client() {
    return client;
  }

  /** The number of the process with the server, which the launcher has started. */
  public long pid() throws BenchmarkException {
    try (Stream<ProcessHandle> children = launcher.children()) {
      return children
          .findFirst()
          .orElseThrow(() -> new BenchmarkException("The server has ended."))
          .pid();
    }
  }

  /** The most memory that it has had so far. */
  public PeakMemory peakMemory() throws BenchmarkException, IOException {
    return new PeakMemory(peakOfProcess(), GcLog.peak(Files.readAllLines(garbageLog(folder))));
  }

  private Optional<Long> peakOfProcess() throws BenchmarkException, IOException {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    if (Files.notExists(status)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    }
  }

  /** Removes all of its sets but one, so that the disk does not fill. */
  public void keepOnly(String set) throws IOException {
    List<Path> others;
    try (Stream<Path> files = Files.list(dumpdata(folder))) {
      others =
          files
              .filter(file -> Files.isDirectory(file) && !Files.isSymbolicLink(file))
              .filter(file -> !file.endsWith(set))
              .toList();
    }
    for (Path other : others) {
      Directories.delete(other);
    }
  }

  /** Copies the newest complete set to the portal's own fixtures, as README tells operators. */
  public void copySetIntoFixtures() throws IOException {
    copy(dumpdata(folder), fixtures(folder));
  }

  /** Loads all fixtures by {@code ./portal load}, and measures the command's time. */
  public PortalRun load(String mode) throws BenchmarkException, IOException, InterruptedException {
    Duration duration =
        Command.of(checkout.root().resolve("portal"), "load", "--mode", mode)
            .with(Map.of("PORTAL_URL", address.toString(), "PORTAL_ADMIN_TOKEN", token))
            .run();
    return client.newestRun(duration);
  }

  public Path set(String id) {
    return dumpdata(folder).resolve(id);
  }

  public void stop() {
    stopping.now(stop);
  }

  private void end() throws InterruptedException {
    // The launcher stops the server before it ends itself.
    launcher.destroy();
    if (!launcher.waitFor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
      launcher.destroyForcibly();
    }
  }
}
