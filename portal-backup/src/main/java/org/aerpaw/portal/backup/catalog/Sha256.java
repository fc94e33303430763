package org.aerpaw.portal.backup.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 hash of a file, as manifests contain it. */
public final class Sha256 {

  private Sha256() {}

  /** Creates a digest; every Java version has the algorithm. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Hashes a file and returns the hash in hexadecimal. */
  public static String hex(Path file) throws IOException {
    MessageDigest digest = digest();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digest);
  }

  /** Hashes a text and returns the hash in hexadecimal. */
  public static String hex(byte[] text) {
    MessageDigest digest = digest();
    digest.update(text);
    return hex(digest);
  }

  /** Returns the hash in hexadecimal and resets the digest. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
