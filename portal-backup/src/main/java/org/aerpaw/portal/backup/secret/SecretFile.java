package org.aerpaw.portal.backup.secret;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** A file with a random secret, which the first use creates for its owner only. */
public record SecretFile(Path file) {

  private static final Logger LOG = System.getLogger(SecretFile.class.getName());
  private static final int BYTES = 32;

  /**
   * Reads the secret; creates it if there is none.
   *
   * @return its text without blanks around it
   * @throws IOException if the file is empty, or cannot be read or created
   */
  public String readOrCreate() throws IOException {
    if (Files.notExists(file)) {
      create();
    }
    String secret = Files.readString(file).strip();
    if (secret.isEmpty()) {
      throw new IOException(
          file + " is empty; restore it, or delete it so that a new secret is created");
    }
    return secret;
  }

  private void create() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.notExists(directory)) {
      Files.createDirectories(directory, permissions("rwx------"));
    }
    String name = file.getFileName().toString();
    Path fresh = Files.createTempFile(directory, name, ".new", permissions("rw-------"));
    try {
      var random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      Files.writeString(
          fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n");
      // Unlike a move, a link never replaces the secret that another instance has just made.
      Files.createLink(file, fresh);
      LOG.log(Level.INFO, "created a secret in {0}", file);
    } catch (FileAlreadyExistsException e) {
      LOG.log(Level.INFO, "another instance created the secret in {0}", file);
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?> permissions(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
