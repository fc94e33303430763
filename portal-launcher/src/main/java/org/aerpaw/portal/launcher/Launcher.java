package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the portal in the foreground: the embedded PostgreSQL if needed, and the server.
 *
 * <p>SIGINT and SIGTERM stop the server first and the database last.
 */
public final class Launcher {

  private static final Path DATABASE = Path.of("db_data");

  private final ServeOptions options;
  private EmbeddedDatabase database;
  private TemporaryFolder temporary;
  private PortalServer server;
  private boolean stopping;

  private Launcher(ServeOptions options) {
    this.options = options;
  }

  /**
   * Runs the server until SIGINT or SIGTERM.
   *
   * @throws StartFailedException with the reason if something does not start
   * @throws ServerEndedException if the server stops unexpectedly
   */
  public static void serve(ServeOptions options)
      throws StartFailedException, ServerEndedException, InterruptedException {
    var launcher = new Launcher(options);
    Runtime.getRuntime().addShutdownHook(new Thread(launcher::stop, "stop"));
    try {
      launcher.run();
    } catch (StartFailedException | ServerEndedException e) {
      if (!launcher.isStopping()) {
        launcher.stop();
        throw e;
      }
    }
  }

  private void run() throws StartFailedException, ServerEndedException, InterruptedException {
    URI url = PortalServer.url(options);
    Map<String, String> settings = startDatabase();
    startServer(url, settings);
    server.awaitReady();
    StateDirectory state = StateDirectory.ofEnvironment();
    state.announce(url);
    System.out.println("The portal is running at " + url + " (Ctrl-C stops it).");
    System.out.println(state.whereTheTokenIs());
    int status = server.awaitEnd();
    throw new ServerEndedException(
        "The server stopped unexpectedly with status "
            + status
            + ". Its log is "
            + state.serverLog()
            + ".");
  }

  private synchronized Map<String, String> startDatabase() throws StartFailedException {
    requireNotStopping();
    String host = System.getenv().getOrDefault("POSTGRES_HOST", "");
    if (!host.isBlank()) {
      return Map.of();
    }
    database = EmbeddedDatabase.start(DATABASE.toAbsolutePath(), port());
    System.out.println(
        "PostgreSQL is running on 127.0.0.1:"
            + database.port()
            + "; its data is in "
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
          "POSTGRES_PORT must be a number from 1 to 65535, not '" + text + "'.", e);
    }
  }

  private synchronized void startServer(URI url, Map<String, String> settings)
      throws StartFailedException {
    requireNotStopping();
    StateDirectory state = StateDirectory.ofEnvironment();
    temporary = state.temporaryFolder();
    server =
        PortalServer.start(url, home(), options, settings, temporary.path(), state.serverLog());
  }

  private static Path home() {
    try {
      URI jar = Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(jar).getParent().getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the path of the launcher's jar is invalid", e);
    }
  }

  private void requireNotStopping() throws StartFailedException {
    if (stopping) {
      throw new StartFailedException("The start was interrupted.");
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** Stops the server before the database, so that it can roll back. */
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
        System.err.println(
            "Temporary files could not be deleted from " + temporary.path() + ": " + e);
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
