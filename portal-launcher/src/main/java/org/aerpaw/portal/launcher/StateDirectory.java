package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The directory with what local clients need: the admin token and the address of the server. */
public final class StateDirectory {

  private final Path directory;
  private final Optional<String> configuredToken;

  private StateDirectory(Path directory, Optional<String> configuredToken) {
    this.directory = directory;
    this.configuredToken = configuredToken;
  }

  /**
   * The directory in {@code PORTAL_STATE_DIR}, otherwise {@code .portal} in the working directory.
   */
  public static StateDirectory ofEnvironment() {
    return new StateDirectory(
        Path.of(setting("PORTAL_STATE_DIR").orElse(".portal")), setting("PORTAL_ADMIN_TOKEN"));
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /**
   * The admin token in the setting, otherwise the one that the portal created; empty if it was
   * never started.
   */
  public Optional<String> token() throws IOException {
    return configuredToken.isPresent() ? configuredToken : read("admin-token");
  }

  /** The address of the server that runs here, if any. */
  public Optional<URI> url() throws IOException {
    return read("url").map(URI::create);
  }

  private Optional<String> read(String name) throws IOException {
    try {
      return Optional.of(Files.readString(directory.resolve(name)).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Tells operators where the token is, without the token. */
  String whereTheTokenIs() {
    return configuredToken.isPresent()
        ? "The admin token is the one in PORTAL_ADMIN_TOKEN."
        : "The admin token is in " + directory.resolve("admin-token") + ".";
  }

  /** Creates a directory for the temporary files of a server. */
  TemporaryFolder temporaryFolder() throws StartFailedException {
    try {
      return TemporaryFolder.create(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new StartFailedException(
          "Temporary files cannot be created in " + directory + ": " + e, e);
    }
  }

  /** The file with the complete output of the server. */
  Path serverLog() {
    return directory.resolve("server.log");
  }

  void announce(URI url) throws StartFailedException {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("url"), url + "\n");
    } catch (IOException e) {
      throw new StartFailedException(
          "The portal's address, which ./portal needs, cannot be written to "
              + directory.resolve("url")
              + ": "
              + e,
          e);
    }
  }

  void withdraw() {
    // A file that is left does no harm: clients find no server at the address.
    directory.resolve("url").toFile().delete();
  }
}
