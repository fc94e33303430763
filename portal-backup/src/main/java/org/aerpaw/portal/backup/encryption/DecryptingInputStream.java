package org.aerpaw.portal.backup.encryption;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecodingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import org.aerpaw.portal.backup.catalog.Sha256;
import org.aerpaw.portal.backup.fixture.compress.BlockInputStream;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;

/** Decrypts a file and compares its sha256 when all of it was read. */
final class DecryptingInputStream extends BlockInputStream {

  private final MessageDigest digest = Sha256.digest();
  private final InputStream file;
  private final Identity identity;
  private final String sha256;
  private InputStream decrypted;

  /**
   * @param sha256 of the encrypted file, in hexadecimal; null if it is unknown
   */
  DecryptingInputStream(InputStream file, Identity identity, String sha256) {
    this.file = new DigestInputStream(file, digest);
    this.identity = identity;
    this.sha256 = sha256;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (decrypted == null) {
      decrypted = identity.decrypt(file);
    }
    int read;
    try {
      read = decrypted.read(bytes, offset, length);
    } catch (PayloadException | ArmoredDecodingException | RuntimeException e) {
      throw Identity.damaged(e);
    }
    if (read < 0 && sha256 != null) {
      requireSha256();
    }
    return read;
  }

  private void requireSha256() throws IOException {
    // What follows the end of an armored file is not read to decrypt it.
    file.transferTo(OutputStream.nullOutputStream());
    if (!sha256.equals(hash())) {
      throw new CorruptArchiveException("the sha256 differs from the manifest", null);
    }
  }

  /** May be asked more than once, since reading at the end of a stream may be repeated. */
  private String hash() throws IOException {
    try {
      return Sha256.hex((MessageDigest) digest.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
