package org.aerpaw.portal.backup.diff;

import java.nio.file.Path;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;
import org.aerpaw.portal.backup.model.Model;

/** A file of a set that takes part in a comparison. */
record DiffFile(BackupSet set, String file) {

  /** The name for errors, with the set, since two sets have files of the same name. */
  String name() {
    return set.id() + "/" + file;
  }

  Path path() {
    return set.folder().resolve(file);
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
