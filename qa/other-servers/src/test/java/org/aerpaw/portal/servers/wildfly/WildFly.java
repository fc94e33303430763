package org.aerpaw.portal.servers.wildfly;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.aerpaw.portal.contract.Surroundings;
import org.aerpaw.portal.servers.ApplicationServer;

/** WildFly, with a copy of its directory {@code standalone}. */
final class WildFly extends ApplicationServer {

  private static final Path HOME = Path.of(System.getProperty("portal.it.wildfly"));

  private final int management = Surroundings.freePort();

  WildFly(Path folder) throws IOException {
    super(folder);
    copy(HOME.resolve("standalone"), folder.resolve("standalone"));
    set(Map.of("JAVA_OPTS", "-Xmx512m -Djboss.server.base.dir=" + folder.resolve("standalone")));
  }

  @Override
  protected void start() throws Exception {
    run(command("jboss-cli.sh"), "--file=" + documented("docs/servers/wildfly.cli"));
    launch(
        command("standalone.sh"),
        "-Djboss.http.port=" + port,
        "-Djboss.https.port=" + Surroundings.freePort(),
        "-Djboss.management.http.port=" + management);
    await().atMost(Duration.ofMinutes(3)).until(this::accepts);
  }

  private boolean accepts() {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), management)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  protected void deploy(Path archive) throws Exception {
    cli("deploy --name=portal.ear " + archive);
  }

  @Override
  protected void undeploy() throws Exception {
    cli("undeploy portal.ear");
  }

  private void cli(String command) throws Exception {
    run(
        command("jboss-cli.sh"),
        "--connect",
        "--controller=127.0.0.1:" + management,
        "--timeout=300000",
        "--command=" + command);
  }

  private static String command(String name) {
    return HOME.resolve("bin").resolve(name).toString();
  }
}
