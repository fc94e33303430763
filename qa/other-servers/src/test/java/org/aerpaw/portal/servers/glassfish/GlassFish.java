package org.aerpaw.portal.servers.glassfish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.aerpaw.portal.contract.Surroundings;
import org.aerpaw.portal.servers.ApplicationServer;

/** GlassFish, with a copy of its domain. */
final class GlassFish extends ApplicationServer {

  private static final Path HOME = Path.of(System.getProperty("portal.it.glassfish"));
  private static final Pattern PORT = Pattern.compile("(?<=[\" ])(port|value)=\"(\\d{4,5})\"");
  private static final String HTTP = "8080";
  private static final String ADMIN = "4848";

  private final int administration = Surroundings.freePort();

  GlassFish(Path folder) throws IOException {
    super(folder);
    copy(HOME.resolve("glassfish/domains/domain1"), folder.resolve("domain1"));
    Path settings = folder.resolve("domain1/config/domain.xml");
    Map<String, Integer> known = Map.of(HTTP, port, ADMIN, administration);
    String xml =
        PORT.matcher(Files.readString(settings))
            .replaceAll(
                found ->
                    "%s=\"%d\""
                        .formatted(
                            found.group(1),
                            known.getOrDefault(found.group(2), Surroundings.freePort())));
    Files.writeString(
        settings,
        xml.replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\""));
  }

  @Override
  protected void start() throws Exception {
    run(asadmin(), "start-domain", "--domaindir", folder.toString(), "domain1");
  }

  @Override
  protected void deploy(Path archive) throws Exception {
    run(
        asadmin(),
        "--port",
        Integer.toString(administration),
        "deploy",
        "--name",
        "portal",
        archive.toString());
  }

  @Override
  protected void undeploy() throws Exception {
    run(asadmin(), "--port", Integer.toString(administration), "undeploy", "portal");
  }

  private static String asadmin() {
    return HOME.resolve("glassfish/bin/asadmin").toString();
  }
}
