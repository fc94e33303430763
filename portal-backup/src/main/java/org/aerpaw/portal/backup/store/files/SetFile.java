package org.aerpaw.portal.backup.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Sha256;

/**
 * A file of a set as it is stored.
 *
 * @param sha256 of these bytes, in hexadecimal
 * @param content opens a new stream of these bytes each time
 */
public record SetFile(String name, long bytes, String sha256, Content content) {

  /** Opens the bytes of a file. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }

  /** The files of a set as they are on disk, the manifest last. */
  public static List<SetFile> of(BackupSet set) throws IOException {
    List<SetFile> files = new ArrayList<>();
    set.manifest()
        .files()
        .forEach(
            (name, entry) -> {
              Path file = set.folder().resolve(name);
              files.add(
                  new SetFile(
                      name, entry.bytes(), entry.sha256(), () -> Files.newInputStream(file)));
            });
    Path manifest = set.folder().resolve(Manifest.FILE);
    files.add(
        new SetFile(
            Manifest.FILE,
            Files.size(manifest),
            Sha256.hex(manifest),
            () -> Files.newInputStream(manifest)));
    return files;
  }

  /**
   * Opens the file. If its bytes differ from size and sha256, the stream throws an {@link
   * IOException} instead of returning the last of them, so that no store accepts the file.
   */
  InputStream open() throws IOException {
    MessageDigest digest = Sha256.digest();
    return new CheckedStream(new DigestInputStream(content.open(), digest), digest);
  }

  private final class CheckedStream extends BulkInputStream {

    private final MessageDigest digest;
    private long read;

    CheckedStream(InputStream in, MessageDigest digest) {
      super(in);
      this.digest = digest;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        read += count;
      }
      boolean ended = count < 0 && read < bytes;
      if (ended || read > bytes || count > 0 && read == bytes && !hash().equals(sha256)) {
        throw new IOException(name + " differs from the manifest of its set");
      }
      return count;
    }

    private String hash() {
      return Sha256.hex(digest);
    }
  }
}
