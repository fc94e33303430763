package org.aerpaw.portal.ear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aerpaw.portal.testing.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Deploys the EAR with the commands of docs/operations.md, to a domain of its own, and deploys it
 * again several times.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentedDeploymentIT {

  private static final Path SERVER = Path.of(System.getProperty("portal.it.server"));
  private static final String ARCHIVE = System.getProperty("portal.it.archive");
  private static final int REDEPLOYMENTS = Integer.getInteger("portal.it.redeployments", 5);

  @TempDir private Path folder;

  private final TestDatabase database = TestDatabase.empty();
  private final int port = freePort();
  private final int adminPort = freePort();

  /** Copies the domain, and puts an {@code asadmin} for it on the path. */
  @BeforeEach
  void createDomain() throws IOException {
    ServerSession.copyDomain(ServerSession.ORIGINAL_DOMAIN, folder.resolve("domain1"));
    Path settings = folder.resolve("domain1/config/domain.xml");
    String xml =
        Files.readString(settings)
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
            .replace(
                "<hazelcast-config-specific-configuration>",
                "<hazelcast-config-specific-configuration enabled=\"false\">");
    xml = withListener(xml, "http-listener-1", port);
    xml = withListener(xml, "http-listener-2", freePort());
    xml = withListener(xml, "admin-listener", adminPort);
    for (String other : List.of("3700", "3820", "3920", "7676", "8686")) {
      xml = xml.replace("\"" + other + "\"", "\"" + freePort() + "\"");
    }
    Files.writeString(settings, xml);
    Path command = Files.createDirectories(folder.resolve("bin")).resolve("asadmin");
    Files.writeString(
        command,
        """
        #!/bin/bash
        case $1 in
          start-domain | stop-domain) exec '%1$s/bin/asadmin' "$1" --domaindir '%2$s' "${@:2}" domain1 ;;
          *) exec '%1$s/bin/asadmin' --port %3$d "$@" ;;
        esac
        """
            .formatted(SERVER, folder, adminPort));
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String withListener(String xml, String name, int port) {
    Matcher listener =
        Pattern.compile("<network-listener [^>]*name=\"" + name + "\"[^>]*>").matcher(xml);
    return listener.replaceAll(
        found ->
            found
                .group()
                .replaceAll(" (port|address)=\"[^\"]*\"", "")
                .replace(
                    "<network-listener ",
                    "<network-listener address=\"127.0.0.1\" port=\"" + port + "\" "));
  }

  @AfterEach
  void stop() throws Exception {
    bash("asadmin stop-domain --kill=true");
    database.close();
  }

  @Test
  void documentedCommandsDeployAndRedeploymentsLeaveNothingBehind() throws Exception {
    bash(documentedCommands());
    assertThat(status("health/ready")).isEqualTo(200);
    assertThat(domain()).as("the password is not stored").doesNotContain("secret of the test");
    bash(redeployment());
    int sessions = sessions();
    int threads = threads();

    for (int i = 1; i < REDEPLOYMENTS; i++) {
      bash(redeployment());
    }

    assertThat(status("health/ready")).isEqualTo(200);
    // Idle threads of the server can refer to the deployment whose request they served last.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(deploymentsInMemory()).isLessThanOrEqualTo(3));
    assertThat(sessions()).as("database sessions").isLessThanOrEqualTo(sessions);
    assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 20);
  }

  private String documentedCommands() throws IOException {
    String documentation =
        Files.readString(Path.of(System.getProperty("portal.it.root"), "docs/operations.md"));
    int command = documentation.indexOf("asadmin start-domain");
    int start = documentation.lastIndexOf("```bash\n", command) + "```bash\n".length();
    String block = documentation.substring(start, documentation.indexOf("```", command));
    String adapted =
        block
            .replace("POSTGRES_HOST=db.example.org", "POSTGRES_HOST=127.0.0.1")
            .replace("POSTGRES_PASSWORD=...", "POSTGRES_PASSWORD='secret of the test'")
            .replace("portal-ear/target/portal.ear", "'" + ARCHIVE + "'");
    assertThat(adapted).contains("127.0.0.1", "secret of the test", ARCHIVE);
    return adapted;
  }

  private static String redeployment() {
    return "asadmin undeploy portal\nasadmin deploy --name portal '" + ARCHIVE + "'";
  }

  /** Counts the class loaders of EARs after a garbage collection. */
  private int deploymentsInMemory() throws Exception {
    String histogram = bash("'%s/bin/jcmd' %d GC.class_histogram".formatted(javaHome(), server()));
    return histogram
        .lines()
        .filter(line -> line.endsWith(" org.glassfish.javaee.full.deployment.EarClassLoader"))
        .mapToInt(line -> Integer.parseInt(line.strip().split("\\s+")[1]))
        .sum();
  }

  private int threads() throws Exception {
    String stacks = bash("'%s/bin/jcmd' %d Thread.print".formatted(javaHome(), server()));
    return (int) stacks.lines().filter(line -> line.startsWith("\"")).count();
  }

  private int sessions() throws Exception {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private long server() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().orElse("").contains(folder.resolve("domain1") + "/"))
        .mapToLong(ProcessHandle::pid)
        .findFirst()
        .orElseThrow();
  }

  private String domain() throws IOException {
    return Files.readString(folder.resolve("domain1/config/domain.xml"));
  }

  private int status(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path));
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private String bash(String script) throws Exception {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command = new ArrayList<>(List.of("bash", "-c", "set -euo pipefail\n" + script));
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                "POSTGRES_PORT", String.valueOf(database.port()),
                "POSTGRES_DB", database.name(),
                "PORTAL_STATE_DIR", folder.resolve("state").toString(),
                "PORTAL_DUMPDATA_DIR", folder.resolve("dumpdata").toString()));
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(script).isTrue();
    assertThat(process.exitValue()).as("%s:%n%s", script, Files.readString(output)).isZero();
    return Files.readString(output);
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
