package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.encryption.Decryption;
import org.aerpaw.portal.backup.fixture.file.FixtureName;

/**
 * A file to load.
 *
 * @param name the name used in errors; its extensions determine format and compression
 * @param path the file itself, not a symbolic link
 * @param manifest the manifest that describes the file, decrypted if it is encrypted; null if there
 *     is none
 * @param decryption how the file is decrypted; null if it is not encrypted
 */
public record FixtureFile(String name, Path path, Manifest manifest, Decryption decryption) {

  public FixtureFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
  }

  /** A file that is not encrypted. */
  public FixtureFile(String name, Path path, Manifest manifest) {
    this(name, path, manifest, null);
  }

  /** Opens the file, decrypted but still compressed. */
  public InputStream open() throws IOException {
    return decryption == null ? Files.newInputStream(path) : decryption.open(path);
  }

  /** The entry of the file, decrypted if it is encrypted, in its manifest. */
  public Optional<Manifest.FileEntry> manifestEntry() {
    return Optional.ofNullable(manifest)
        .map(
            existing -> existing.files().get(FixtureName.decrypted(path.getFileName().toString())));
  }
}
