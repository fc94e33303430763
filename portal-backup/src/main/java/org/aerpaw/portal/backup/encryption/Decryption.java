package org.aerpaw.portal.backup.encryption;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;

/**
 * How the content of an encrypted file is read.
 *
 * @param sha256 of the encrypted file, in hexadecimal; null if it is unknown
 */
public record Decryption(Identity identity, String sha256) {

  /** Opens a file. Reading throws what {@link Identity#decrypt} throws. */
  public InputStream open(Path file) throws IOException {
    return new DecryptingInputStream(Files.newInputStream(file), identity, sha256);
  }

  /**
   * Decrypts the header and the first chunk of a file.
   *
   * @throws WrongIdentityException if the file is not encrypted for the identity
   * @throws CorruptArchiveException if they are damaged
   */
  public void check(Path file) throws IOException {
    try (InputStream in = new DecryptingInputStream(Files.newInputStream(file), identity, null)) {
      in.read();
    }
  }

  /** Whether a file is encrypted with a passphrase, which no identity decrypts. */
  public static boolean needsPassphrase(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return AgeHeader.read(in).hasPassphrase();
    }
  }

  /** For how many recipients a file is encrypted, for messages: its header does not name them. */
  public static String recipients(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return AgeHeader.read(in).recipients();
    }
  }
}
