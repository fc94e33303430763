package org.aerpaw.portal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Executes the commands in the documentation, in their order, on a running server. */
@Execution(ExecutionMode.CONCURRENT)
class DocumentationIT {

  private static final Path ROOT = Path.of(System.getProperty("portal.it.root"));
  private static final List<String> DOCUMENTS =
      List.of("README.md", "docs/operations.md", "docs/api.md");

  /** The start of commands that are not executed here, and why. */
  private static final Map<String, String> NOT_EXECUTED = new LinkedHashMap<>();

  static {
    NOT_EXECUTED.put("mvn verify", "this test is a part of it");
    NOT_EXECUTED.put("PORTAL_DUMP_SCHEDULE=", "UnattendedServerIT runs a server with a schedule");
    NOT_EXECUTED.put("asadmin ", "DocumentedDeploymentIT executes them on Payara Server");
    NOT_EXECUTED.put("export POSTGRES_HOST=", "likewise");
    NOT_EXECUTED.put("jboss-cli.sh ", "WildFlyIT does the same");
    NOT_EXECUTED.put("standalone.sh ", "likewise");
    NOT_EXECUTED.put("server ", "OpenLibertyIT does the same");
    NOT_EXECUTED.put("cp docs/servers/", "likewise");
    NOT_EXECUTED.put("cp portal-ear/", "likewise");
    NOT_EXECUTED.put("docker ", "there may be no Docker engine");
    NOT_EXECUTED.put("cp env.template .env", "for Docker");
  }

  private static final String START = "./run_server.sh --load-fixtures";

  private static final Pattern BLOCK =
      Pattern.compile("^```bash\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void documentedCommandsSucceed() throws Exception {
    Checkout checkout = Checkout.in(folder);
    Set<String> unused = new LinkedHashSet<>(NOT_EXECUTED.keySet());
    try (var server = new LocalServer(checkout)) {
      for (String document : DOCUMENTS) {
        // As one script, since later blocks use variables of earlier ones.
        List<String> commands = new ArrayList<>();
        for (String block : blocks(document)) {
          commands.addAll(commands(block, unused));
        }
        execute(document, commands, server, checkout);
      }
      assertThat(Files.list(checkout.resolve("portal-fixtures-ejb/fixtures")))
          .as("the sets that were copied beside the fixtures")
          .hasSizeGreaterThan(12);
    }
    assertThat(unused).as("exceptions without a command").isEmpty();
  }

  private static List<String> blocks(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** The commands of a block to execute, without comments. */
  private static List<String> commands(String block, Set<String> unused) {
    List<String> commands = new ArrayList<>();
    for (String line : block.replaceAll("\\\\\n *", "").split("\n")) {
      String command = line.replaceAll("\\s+#.*", "").strip();
      boolean executed = true;
      for (String exception : NOT_EXECUTED.keySet()) {
        if (command.startsWith(exception)) {
          executed = false;
          unused.remove(exception);
        }
      }
      if (executed && !command.isEmpty()) {
        commands.add(command);
      }
    }
    return commands;
  }

  private static void execute(
      String document, List<String> commands, LocalServer server, Checkout checkout)
      throws Exception {
    var script = new StringBuilder("set -euo pipefail\n");
    for (String command : commands) {
      if (command.startsWith(START)) {
        run(document, script.toString(), checkout);
        server.startOnEmptyDatabase();
        addUsers(server);
        script = new StringBuilder("set -euo pipefail\n");
      } else {
        script.append("echo '>>>' ").append(quoted(command)).append(" >&2\n");
        script.append(adapted(command, server.port())).append('\n');
        // A command of the API returns before its run has ended, and copies are made automatically.
        script.append(waitForRuns(server.port())).append('\n');
      }
    }
    run(document, script.toString(), checkout);
  }

  /**
   * Waits with curl, since starting the command line after each command would take half of the
   * time.
   */
  private static String waitForRuns(String port) {
    return """
        while curl --silent -H "Authorization: Bearer $(cat .portal/admin-token 2>/dev/null)" \
          http://127.0.0.1:%s/api/runs | grep '"running"' >/dev/null; do sleep 0.1; done"""
        .formatted(port);
  }

  private static String quoted(String command) {
    return "'" + command.replace("'", "'\\''") + "'";
  }

  /** Replaces what an operator would replace. */
  private static String adapted(String command, String port) {
    // There is no run to cancel, which is not an error of the documentation.
    String tolerant =
        command.equals("./portal cancel")
            ? "{ ./portal cancel 2>&1 || true; } | grep 'No run is in progress'"
            : command.contains("-X DELETE")
                ? command.replace("curl", "curl --silent") + " | grep 'The run has already ended'"
                : command;
    if (command.startsWith("./portal store fetch")) {
      // Only what is not here can be fetched.
      tolerant = "rm -r dumpdata/$(readlink dumpdata/latest) && " + command;
    } else if (command.startsWith("./portal copy") || command.endsWith("/copies")) {
      // The server may be about to copy it automatically.
      tolerant = command + " || { sleep 2 && " + command + "; }";
    }
    return tolerant
        .replaceAll("\\d{8}T\\d{6}\\.\\d{3}Z", "\\$(readlink dumpdata/latest)")
        .replace("/ID", "/$(./portal runs | sed -n '2s/ .*//p')")
        .replace(":8080", ":" + port)
        .replaceAll("^curl (?!--silent)", "curl --silent --show-error --fail-with-body ");
  }

  private static void run(String document, String script, Checkout checkout) throws Exception {
    Path out = Files.createTempFile(checkout.resolve("."), "out", ".txt");
    Process process =
        new ProcessBuilder("bash", "-c", script)
            .directory(checkout.resolve(".").toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s:%n%s", document, Files.readString(out)).isZero();
  }

  /**
   * The users and the project of the examples, unless they were restored; alice may use the API.
   */
  private static void addUsers(LocalServer server)
      throws IOException, SQLException, GeneralSecurityException {
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      for (String name : List.of("alice", "bob")) {
        statement.execute(
            """
            INSERT INTO users_aerpawuser (username, password, is_active, is_superuser, is_staff, first_name, last_name,
              email, date_joined, created, modified, created_by, modified_by, display_name, openid_sub, uuid)
            VALUES ('%s', '%s', true, false, false, '', '', '', now(), now(), now(), '', '', '', '', '')
            ON CONFLICT DO NOTHING
            """
                .formatted(name, hash("secret")));
      }
      statement.execute(
          """
          INSERT INTO users_aerpawuser_groups (aerpawuser_id, group_id)
          SELECT u.id, g.id FROM users_aerpawuser u, auth_group g
          WHERE u.username = 'alice' AND g.name = 'site_admin'
          ON CONFLICT DO NOTHING
          """);
      statement.execute(
          """
          INSERT INTO projects_aerpawproject (id, name, description, is_deleted, is_public, uuid, project_creator_id,
            created, modified, created_by, modified_by)
          SELECT 7, 'example', '', false, false, '', id, now(), now(), '', ''
          FROM users_aerpawuser WHERE username = 'bob'
          ON CONFLICT DO NOTHING
          """);
    }
  }

  /** Django's hash of a password. */
  private static String hash(String password) throws GeneralSecurityException {
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(password.toCharArray(), "salt".getBytes(), 1000, 256))
            .getEncoded();
    return "pbkdf2_sha256$1000$salt$" + Base64.getEncoder().encodeToString(key);
  }
}
