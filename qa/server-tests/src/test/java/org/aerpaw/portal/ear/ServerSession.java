package org.aerpaw.portal.ear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aerpaw.portal.contract.Surroundings;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives the unpacked server's domain the settings of the surroundings, ports that are free and
 * short timeouts, before Arquillian starts it. The timeout of requests does not hold for those of
 * an administrator: a deployment may take longer.
 */
public final class ServerSession implements LauncherSessionListener {

  private static final Path SERVER = Path.of(System.getProperty("portal.it.server"));

  /** The domain as it was in the distribution. */
  static final Path ORIGINAL_DOMAIN = SERVER.resolve("glassfish/domain1.original");

  private static final Path SETTINGS = Path.of("config/domain.xml");

  private static final Pattern PORT = Pattern.compile(" port=\"(\\d{4,5})\"");
  private static final String HTTP_PORT = "8080";
  private static final String ADMIN_PORT = "4848";

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (Surroundings.areWanted()) {
      try {
        configure(SERVER.resolve("glassfish/domains/domain1"), Surroundings.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Copies a domain to a directory that does not exist. */
  static void copyDomain(Path source, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(source.relativize(file).toString()));
      }
    }
  }

  private static void configure(Path domain, Surroundings surroundings) throws IOException {
    if (Files.notExists(ORIGINAL_DOMAIN)) {
      copyDomain(domain, ORIGINAL_DOMAIN);
    }
    int admin = Surroundings.freePort();
    System.setProperty("portal.it.adminPort", Integer.toString(admin));
    Map<String, Integer> known = Map.of(HTTP_PORT, surroundings.port(), ADMIN_PORT, admin);
    String settings =
        PORT.matcher(Files.readString(ORIGINAL_DOMAIN.resolve(SETTINGS)))
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
        domain.resolve(SETTINGS),
        settings
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
