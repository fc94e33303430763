package org.aerpaw.portal.web.sets;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * Streams a set as a zip archive: a directory with the name of the set and its files, sorted by
 * name.
 *
 * @param sets protects the set from deletion until it is sent
 */
record SetArchive(BackupSet set, BackupCatalog sets) implements StreamingOutput {

  @Override
  public void write(OutputStream out) throws IOException {
    try (BackupCatalog.Reservation reservation =
        sets.reserve(List.of(set.folder().resolve(Manifest.FILE)))) {
      pack(out);
    }
  }

  private void pack(OutputStream out) throws IOException {
    var zip = new ZipOutputStream(out);
    var names = new TreeSet<>(set.manifest().files().keySet());
    names.add(Manifest.FILE);
    for (String name : names) {
      var file = set.file(name).orElseThrow();
      var entry = new ZipEntry(set.id() + "/" + name);
      entry.setLastModifiedTime(Files.getLastModifiedTime(file));
      zip.putNextEntry(entry);
      Files.copy(file, zip);
      zip.closeEntry();
    }
    // Not closed: the stream is the server's, and an archive that broke off must not look whole.
    zip.finish();
    zip.flush();
  }
}
