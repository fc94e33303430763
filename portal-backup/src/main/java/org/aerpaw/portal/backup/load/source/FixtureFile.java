package org.aerpaw.portal.backup.load.source;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * A file to load.
 *
 * @param name as errors have it; its extensions tell how it is to be read
 * @param path the file itself, no link to it
 * @param manifest the one that lies beside it; null if there is none
 */
public record FixtureFile(String name, Path path, Manifest manifest) {

  public FixtureFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(path, "path");
  }

  /** What the manifest says of the file, if anything. */
  public Optional<Manifest.FileEntry> manifestEntry() {
    return Optional.ofNullable(manifest)
        .map(known -> known.files().get(path.getFileName().toString()));
  }
}
