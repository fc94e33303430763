package org.aerpaw.portal.ear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.aerpaw.portal.contract.Surroundings;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the unpacked server's domain the settings of the surroundings, ports that are free and
 * short timeouts, before Arquillian starts it. The timeout of requests does not hold for those of
 * an administrator: a deployment may take longer.
 */
public final class ServerSession implements LauncherSessionListener {

  /** The domain's settings as they were in the distribution, beside those of the tests. */
  static final String ORIGINAL = "domain.xml.original";

  private static final Pattern PORT = Pattern.compile(" port=\"(\\d{4,5})\"");
  private static final String HTTP_PORT = "8080";
  private static final String ADMIN_PORT = "4848";

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (Surroundings.areWanted()) {
      try {
        configure(Path.of(System.getProperty("portal.it.server")), Surroundings.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void configure(Path server, Surroundings surroundings) throws IOException {
    Path template = server.resolve("glassfish/domains/domain1/config/domain.xml");
    Path original = template.resolveSibling(ORIGINAL);
    if (Files.notExists(original)) {
      Files.copy(template, original);
    }
    int admin = Surroundings.freePort();
    System.setProperty("portal.it.adminPort", Integer.toString(admin));
    Map<String, Integer> known = Map.of(HTTP_PORT, surroundings.port(), ADMIN_PORT, admin);
    String domain =
        PORT.matcher(Files.readString(original))
            .replaceAll(
                found ->
                    " port=\""
                        + known.getOrDefault(found.group(1), Surroundings.freePort())
                        + "\"");
    String options =
        surroundings.settings().entrySet().stream()
            .map(
                setting ->
                    "<jvm-options>-D"
                        + setting.getKey()
                        + "="
                        + setting.getValue()
                        + "</jvm-options>")
            .collect(Collectors.joining());
    Files.writeString(
        template,
        domain
            .replace("<network-listener port=", "<network-listener address=\"127.0.0.1\" port=")
            .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
            .replace(
                "<hazelcast-config-specific-configuration>",
                "<hazelcast-config-specific-configuration enabled=\"false\">")
            .replace("<transaction-service ", "<transaction-service timeout-in-seconds=\"10\" ")
            .replaceAll(
                "(<protocol name=\"http-listener-1\">\\s*<http )",
                "$1request-timeout-seconds=\"10\" ")
            .replace(
                "</java-config>",
                "<jvm-options>-XX:TieredStopAtLevel=1</jvm-options>" + options + "</java-config>"));
  }
}
