package org.aerpaw.portal.backup.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;

/**
 * How the content of an encrypted file is read.
 *
 * @param sha256 of the encrypted file, in hexadecimal; null if it is unknown
 */
public record Decryption(Identity identity, String sha256) {

  private static final int MAX_LINE = 1000;

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

  /** The number of recipients of a file; its header does not tell who they are. */
  public static int recipients(Path file) throws IOException {
    try (var header =
        new BufferedReader(new InputStreamReader(Files.newInputStream(file), ISO_8859_1))) {
      int recipients = 0;
      String line = header.readLine();
      while (line != null && line.length() < MAX_LINE && !line.startsWith("---")) {
        recipients += line.startsWith("-> ") ? 1 : 0;
        line = header.readLine();
      }
      return recipients;
    }
  }
}
