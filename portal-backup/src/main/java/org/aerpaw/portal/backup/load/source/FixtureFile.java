package org.aerpaw.portal.backup.load.source;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * A file to load.
 *
 * @param name the name used in errors; its extensions determine format and compression
 * @param path the file itself, not a symbolic link
 * @param manifest the manifest that describes the file; null if there is none
 */
public record FixtureFile(String name, Path path, Manifest manifest) {

  public FixtureFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
  }

  /** The entry of the file in its manifest. */
  public Optional<Manifest.FileEntry> manifestEntry() {
    return Optional.ofNullable(manifest)
        .map(existing -> existing.files().get(path.getFileName().toString()));
  }
}
