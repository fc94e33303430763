package org.aerpaw.portal.backup.store.files;

import java.util.Map;
import java.util.TreeMap;
import org.aerpaw.portal.backup.catalog.Manifest;

/**
 * What a store has of a set.
 *
 * @param set the id of the set
 * @param files the size of each file in bytes, by name
 */
public record StoredCopy(String set, Map<String, Long> files) {

  public StoredCopy {
    files = new TreeMap<>(files);
  }

  /** Whether the copy was completed: the manifest is stored last. */
  public boolean hasManifest() {
    return files.containsKey(Manifest.FILE);
  }

  /**
   * What is wrong with the files: missing, or of a size that differs from the manifest, by name.
   */
  public Map<String, String> damagedFiles(Manifest manifest) {
    Map<String, String> damages = new TreeMap<>();
    manifest
        .files()
        .forEach(
            (name, entry) -> {
              Long bytes = files.get(name);
              if (bytes == null) {
                damages.put(name, "it is missing");
              } else if (bytes != entry.bytes()) {
                damages.put(
                    name, "it has " + bytes + " bytes, but the manifest says " + entry.bytes());
              }
            });
    return damages;
  }
}
