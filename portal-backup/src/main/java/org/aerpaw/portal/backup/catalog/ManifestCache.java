package org.aerpaw.portal.backup.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Manifests that were read, so that a list of a thousand sets does not parse them each time. A file
 * that was changed or replaced is read again.
 */
final class ManifestCache {

  private final Map<Path, Entry> entries = new ConcurrentHashMap<>();

  /** A manifest and the state of its file. */
  private record Entry(FileTime modified, long size, Object key, Manifest manifest) {

    boolean isOf(BasicFileAttributes file) {
      return file.lastModifiedTime().equals(modified)
          && file.size() == size
          && key != null
          && key.equals(file.fileKey());
    }
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException if the file is missing, damaged or of another format
   */
  Manifest read(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Entry known = entries.get(file);
    if (known != null && known.isOf(attributes)) {
      return known.manifest();
    }
    entries.remove(file);
    Manifest manifest = Manifest.read(file);
    entries.put(
        file,
        new Entry(
            attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), manifest));
    return manifest;
  }

  /** Forgets all other files. */
  void retainAll(Collection<Path> files) {
    entries.keySet().retainAll(files);
  }
}
