package org.aerpaw.portal.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.aerpaw.portal.cli.client.CommandFailedException;
import org.aerpaw.portal.cli.client.ExitStatus;
import org.aerpaw.portal.cli.client.PortalClient;
import org.aerpaw.portal.cli.display.CommandContext;

/**
 * Runs most commands against a server with fixed answers, so that the JVM can record the classes
 * that commands load ({@code -XX:DumpLoadedClassList}). The class-data-sharing archive of {@code
 * ./portal} is made of that list.
 */
final class StartupTraining {

  private static final String RUN =
      "{\"id\": \"1\", \"kind\": \"dump\", \"state\": \"%s\", \"requestedBy\": \"admin token\","
          + " \"started\": \"2026-01-01T00:00:00.1Z\", \"finished\": \"2026-01-01T00:00:01Z\","
          + " \"progress\": {\"app\": \"users\", \"objects\": 1, \"total\": 2},"
          + " \"report\": {\"set\": \"s\", \"dryRun\": false, \"objects\": 1, \"created\": 0,"
          + " \"updated\": 0, \"unchanged\": 1, \"deleted\": 0, \"seconds\": 0.25,"
          + " \"bytes\": 1, \"files\": [{\"name\": \"users.json\", \"objects\": 1}], \"warnings\": [\"w\"]},"
          + " \"errors\": [{\"file\": \"users.json\", \"line\": 1, \"column\": 1, \"reason\": \"r\"}]}";
  private static final String DIFF =
      "{\"id\": \"2\", \"kind\": \"diff\", \"state\": \"done\", \"report\": {"
          + "\"from\": \"s\", \"to\": \"database\", \"models\": [{\"model\": \"users.aerpawuser\","
          + " \"added\": 0, \"removed\": 0, \"changed\": 1, \"equal\": 0}],"
          + " \"onlyInFrom\": [], \"onlyInTo\": [], \"differences\": [{"
          + "\"model\": \"users.aerpawuser\", \"pk\": 1, \"change\": \"changed\", \"fields\":"
          + " [{\"name\": \"email\", \"values\": {\"from\": null, \"to\": \"a\"}}]}],"
          + " \"warnings\": [\"w\"], \"seconds\": 0.25}, \"errors\": []}";
  private static final String SET =
      "{\"id\": \"s\", \"verified\": \"2026-01-01T00:00:00Z\", \"kept\": [\"newest\"],"
          + " \"pinned\": {\"reason\": \"r\"}, \"damages\": {\"users.json\": \"it is missing\"},"
          + " \"manifest\": {\"complete\": true,"
          + " \"files\": {\"users.json\": {\"bytes\": 1, \"snapshot\": \"2026-01-01T00:00:00Z\","
          + " \"models\": {\"users.aerpawuser\": 1}}}, \"externalReferences\": []}}";
  private static final String APPS =
      "{\"apps\": [{\"app\": \"users\", \"dumped\": true,"
          + " \"models\": [{\"model\": \"users.aerpawuser\", \"rows\": 1}]}]}";

  private static final String[] COMMANDS = {
    "",
    "dump --indent 2 users",
    "load --from dumpdata",
    "verify",
    "diff s --values",
    "sets",
    "sets s",
    "runs",
    "runs 1",
    "runs 1 --follow",
    "runs --json",
    "pin s --reason r",
    "unpin s",
    "prune",
    "copy s",
    "store list",
    "store fetch s",
    "schedule",
    "status",
    "dump --help",
    "dumb",
    "completion bash"
  };

  private StartupTraining() {}

  public static void main(String[] args) throws IOException {
    run();
    try {
      Portal.standardContext().portal();
    } catch (CommandFailedException e) {
      // Its classes are loaded even so.
    }
  }

  /** Runs the commands and returns the exit status of each. */
  static Map<String, ExitStatus> run() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", StartupTraining::answer);
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    var context =
        new CommandContext(silent, silent, true, () -> new PortalClient(url, Optional.of("token")));
    Map<String, ExitStatus> statuses = new LinkedHashMap<>();
    try {
      for (String line : COMMANDS) {
        String[] arguments = line.isEmpty() ? new String[0] : line.split(" ");
        statuses.put(line, new Portal(context).execute(arguments));
      }
      return statuses;
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = body(exchange).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String body(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (path.endsWith("/events")) {
      return "event: progress\ndata: %s\n\nevent: done\ndata: %s\n\n"
          .formatted(RUN.formatted("running"), RUN.formatted("done"));
    }
    return switch (path) {
      case "/api/apps" -> APPS;
      case "/api/sets" ->
          "{\"latest\": \"s\", \"sets\": [" + SET + "], \"unreadable\": {\"t\": \"r\"}}";
      case "/api/sets/s" -> SET;
      case "/api/sets/s/pin" -> SET;
      case "/api/stores/default/sets" ->
          "{\"store\": \"default\", \"sets\": [{\"id\": \"s\", \"complete\": true, \"objects\": 1,"
              + " \"bytes\": 1, \"local\": true, \"kept\": [\"newest\"]}], \"incomplete\": {\"t\": \"r\"}}";
      case "/api/retention" ->
          "{\"sets\": [{\"set\": \"s\", \"kept\": true, \"reasons\": [\"newest\"]}], \"warnings\": []}";
      case "/api/schedule" ->
          "{\"expression\": \"@daily\", \"zone\": \"UTC\", \"next\": [\"2026-01-01T00:00:00Z\"]}";
      case "/api/health" -> "{\"status\": \"pass\", \"lastBackup\": \"2026-01-01T00:00:00Z\"}";
      case "/api/diffs", "/api/runs/2" -> DIFF;
      case "/api/runs" -> "{\"runs\": [" + RUN.formatted("done") + "]}";
      default -> RUN.formatted("running");
    };
  }
}
