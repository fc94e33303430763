package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.model.Model;

/**
 * A file of a set that takes part in a comparison.
 *
 * @param file its name, without the extension of encrypted files
 */
record DiffFile(DiffSet set, String file) {

  /** The name for errors, with the set, since two sets have files of the same name. */
  String name() {
    return set.id() + "/" + file;
  }

  /** Opens the file, decrypted but still compressed. */
  InputStream open() throws IOException {
    return set.open(file);
  }

  /** What is wrong with the file, found without reading it; null if nothing is. */
  String damage() throws IOException {
    return set.damage(file);
  }

  /** The path of the file on the disk. */
  Path path() {
    return set.path(file);
  }

  Manifest.FileEntry entry() {
    return set.manifest().files().get(file);
  }

  long objects(Model model) {
    return entry().models().get(model.label());
  }

  boolean hasMilliseconds() {
    return entry().timestamps() == TimestampPrecision.MILLISECONDS;
  }
}
