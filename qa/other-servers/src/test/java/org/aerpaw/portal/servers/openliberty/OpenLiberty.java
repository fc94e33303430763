package org.aerpaw.portal.servers.openliberty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.aerpaw.portal.servers.ApplicationServer;

/** Open Liberty, with a user directory of its own. */
final class OpenLiberty extends ApplicationServer {

  private static final Path HOME = Path.of(System.getProperty("portal.it.openliberty"));

  private final Path deployed;

  OpenLiberty(Path folder) throws IOException {
    super(folder);
    Path server = folder.resolve("usr/servers/portal");
    deployed = Files.createDirectories(server.resolve("dropins")).resolve("portal.ear");
    Files.copy(documented("docs/servers/openliberty.xml"), server.resolve("server.xml"));
    Files.writeString(server.resolve("bootstrap.properties"), "http.port=" + port + "\n");
    set(
        Map.of(
            "WLP_USER_DIR",
            folder.resolve("usr").toString(),
            "JVM_ARGS",
            "-Xmx512m -Djava.io.tmpdir=" + folder + "/"));
  }

  @Override
  protected void start() throws Exception {
    run(HOME.resolve("bin/server").toString(), "start", "portal");
  }

  @Override
  protected void deploy(Path archive) throws Exception {
    Path copy = folder.resolve("portal.ear");
    Files.copy(archive, copy);
    Files.move(copy, deployed);
  }

  @Override
  protected void undeploy() throws Exception {
    Files.delete(deployed);
  }
}
