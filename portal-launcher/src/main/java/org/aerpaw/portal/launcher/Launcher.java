package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the portal until it is told to stop: {@code run_server.sh}'s other half.
 *
 * <p>Ends with status 2 for words that are off and 1 when something does not start or ends by
 * itself, the reason as the last lines on standard error. SIGINT and SIGTERM stop the server first
 * and the database last.
 */
public final class Launcher {

  private static final Path DATABASE = Path.of("db_data");

  private final Options options;
  private EmbeddedDatabase database;
  private TemporaryFolder temporary;
  private PortalServer server;
  private boolean stopping;

  private Launcher(Options options) {
    this.options = options;
  }

  public static void main(String[] words) {
    Options options;
    try {
      options = Options.parse(List.of(words));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(Options.USAGE);
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
      return;
    }
    var launcher = new Launcher(options);
    var hook = new Thread(launcher::stop, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      launcher.run();
    } catch (StartFailedException e) {
      if (launcher.isStopping()) {
        return;
      }
      launcher.stop();
      System.out.flush();
      System.err.println("The portal does not run:");
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (InterruptedException e) {
      System.exit(1);
    }
  }

  private void run() throws StartFailedException, InterruptedException {
    URI url = PortalServer.url(options);
    Map<String, String> settings = startDatabase();
    startServer(url, settings);
    server.awaitReady();
    StateDirectory state = StateDirectory.ofEnvironment();
    state.announce(url);
    System.out.println("The portal serves on " + url + " (Ctrl-C stops it).");
    System.out.println(state.whereTheTokenIs());
    int status = server.awaitEnd();
    throw new StartFailedException("The server ended by itself with status " + status + ".");
  }

  private synchronized Map<String, String> startDatabase() throws StartFailedException {
    requireNotStopping();
    String host = System.getenv().getOrDefault("POSTGRES_HOST", "");
    if (!host.isBlank()) {
      return Map.of();
    }
    database = EmbeddedDatabase.start(DATABASE.toAbsolutePath(), port());
    System.out.println(
        "PostgreSQL runs on 127.0.0.1:"
            + database.port()
            + " and keeps its data in "
            + DATABASE
            + ".");
    return database.settings();
  }

  private static Optional<Integer> port() throws StartFailedException {
    String text = System.getenv().getOrDefault("POSTGRES_PORT", "");
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      throw new StartFailedException(
          "POSTGRES_PORT is a number from 1 to 65535, not '" + text + "'.", e);
    }
  }

  private synchronized void startServer(URI url, Map<String, String> settings)
      throws StartFailedException {
    requireNotStopping();
    temporary = StateDirectory.ofEnvironment().temporaryFolder();
    server = PortalServer.start(url, home(), options, settings, temporary.path());
  }

  private static Path home() {
    try {
      URI jar = Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(jar).getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the launcher's jar has no proper address", e);
    }
  }

  private void requireNotStopping() throws StartFailedException {
    if (stopping) {
      throw new StartFailedException("It was told to stop before it was up.");
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /**
   * The server first, so that what it was doing is rolled back by itself and not by a vanished
   * database.
   */
  private synchronized void stop() {
    if (stopping) {
      return;
    }
    stopping = true;
    if (server != null) {
      server.stop();
      StateDirectory.ofEnvironment().withdraw();
    }
    if (temporary != null) {
      try {
        temporary.close();
      } catch (IOException e) {
        System.err.println("Temporary files are left in " + temporary.path() + ": " + e);
      }
    }
    if (database != null) {
      try {
        database.close();
      } catch (IOException e) {
        System.err.println("The embedded PostgreSQL did not stop: " + e.getMessage());
      }
    }
  }
}
