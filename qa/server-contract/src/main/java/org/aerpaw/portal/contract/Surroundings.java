package org.aerpaw.portal.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aerpaw.portal.testing.TestDatabase;

/**
 * What a server under test lives on: a database, folders and a port of its own. The build tells
 * where by {@code portal.it.folder} and where the sources are by {@code portal.it.root}.
 */
public final class Surroundings {

  public static final String TOKEN = "token-of-the-tests";

  /** Failed sign-ins that are let pass: more than a test of whom the portal refuses needs. */
  static final int MOST_FAILURES = 200;

  /** Never due in a test. */
  static final String SCHEDULE = "0 0 1 1 *";

  private final Path folder;
  private final TestDatabase database = TestDatabase.empty();
  private final int port = freePort();

  private Surroundings() {
    try {
      folder =
          Files.createTempDirectory(Files.createDirectories(property("portal.it.folder")), "it");
      Files.createDirectories(fixtures());
      Files.createDirectories(store());
      copyInto(fixtures(), sources().resolve("portal-fixtures-ejb/fixtures"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one of this JVM. */
  public static Surroundings get() {
    return Holder.INSTANCE;
  }

  /** Whether the build runs tests that need any. */
  public static boolean areWanted() {
    return System.getProperty("portal.it.folder") != null;
  }

  private static Path property(String name) {
    return Path.of(System.getProperty(name)).toAbsolutePath();
  }

  private static Path sources() {
    return property("portal.it.root");
  }

  /** The set that Django wrote. */
  public static Path djangoSet() {
    return sources().resolve("portal-backup/src/test/resources/fixtures/django");
  }

  /** The checked-in description of the API. */
  static String apiDescription() throws IOException {
    return Files.readString(sources().resolve("docs/openapi.yaml"));
  }

  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copyInto(Path to, Path from) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  public TestDatabase database() {
    return database;
  }

  /** The folder that the start loads: at first what the project has. */
  public Path fixtures() {
    return folder.resolve("fixtures");
  }

  public Path dumpdata() {
    return folder.resolve("dumpdata");
  }

  /** The folder of the copies. */
  Path store() {
    return folder.resolve("store");
  }

  public int port() {
    return port;
  }

  public ServedPortal portal() {
    return new ServedPortal(URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** The settings that tell the portal of all this, the load flag set. */
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("postgres.host", "127.0.0.1");
    settings.put("postgres.port", Integer.toString(database.port()));
    settings.put("postgres.db", database.name());
    settings.put("postgres.user", database.user());
    settings.put("portal.fixtures.dir", fixtures().toString());
    settings.put("portal.dumpdata.dir", dumpdata().toString());
    settings.put("portal.state.dir", folder.resolve("state").toString());
    settings.put("portal.admin.token", TOKEN);
    settings.put("portal.max.login.failures", Integer.toString(MOST_FAILURES));
    settings.put("portal.dump.schedule", SCHEDULE);
    settings.put("portal.store", store().toUri().toString());
    settings.put("load-fixtures", "1");
    return settings;
  }

  private static final class Holder {

    static final Surroundings INSTANCE = new Surroundings();
  }
}
