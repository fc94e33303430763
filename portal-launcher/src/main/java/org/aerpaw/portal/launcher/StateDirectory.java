package org.aerpaw.portal.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the portal leaves what its local clients need: the admin token, and the address it serves
 * on.
 */
public final class StateDirectory {

  private final Path directory;
  private final Optional<String> givenToken;

  private StateDirectory(Path directory, Optional<String> givenToken) {
    this.directory = directory;
    this.givenToken = givenToken;
  }

  /** The one that {@code PORTAL_STATE_DIR} names, else {@code .portal} here. */
  public static StateDirectory ofEnvironment() {
    return new StateDirectory(
        Path.of(setting("PORTAL_STATE_DIR").orElse(".portal")), setting("PORTAL_ADMIN_TOKEN"));
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /**
   * The admin token: the setting, else what the portal wrote; absent where the portal was never
   * started.
   */
  public Optional<String> token() throws IOException {
    return givenToken.isPresent() ? givenToken : read("admin-token");
  }

  /** Where the server here serves, if one runs. */
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

  /** For an operator, where the token is; never the token itself. */
  String whereTheTokenIs() {
    return givenToken.isPresent()
        ? "The admin token is the one in PORTAL_ADMIN_TOKEN."
        : "The admin token is in " + directory.resolve("admin-token") + ".";
  }

  /** Makes a folder for the temporary files of a server. */
  TemporaryFolder temporaryFolder() throws StartFailedException {
    try {
      return TemporaryFolder.create(directory.resolve("tmp"));
    } catch (IOException e) {
      throw new StartFailedException(
          "There can be no temporary files in " + directory + ": " + e, e);
    }
  }

  void announce(URI url) throws StartFailedException {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("url"), url + "\n");
    } catch (IOException e) {
      throw new StartFailedException("The address cannot be written to " + directory + ": " + e, e);
    }
  }

  void withdraw() {
    // A leftover does no harm: whoever follows it finds no server.
    directory.resolve("url").toFile().delete();
  }
}
