package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.Pin;
import org.aerpaw.portal.backup.catalog.StagedFile;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.store.contents.StoredManifest;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.files.StoredCopy;

/**
 * Fetches one set from a store into quarantine, and publishes it when all sizes and hashes are
 * those of its manifest. The set is pinned, since retention would delete an old one at once.
 */
final class SetFetcher {

  private final Store store;
  private final BackupCatalog catalog;
  private final Consumer<Progress> progress;

  SetFetcher(Store store, BackupCatalog catalog, Consumer<Progress> progress) {
    this.store = store;
    this.catalog = catalog;
    this.progress = progress;
  }

  /**
   * @return the new names of files that were in the way of links next to {@code latest}
   */
  Set<String> fetch(StoredCopy copy, StoredManifest stored, String requestedBy) throws IOException {
    Manifest manifest = stored.manifest();
    var transfer = new TransferProgress(manifest.objects(), manifest.bytes(), progress);
    try (StagedSet set = catalog.quarantine()) {
      for (Map.Entry<String, Manifest.FileEntry> file : manifest.files().entrySet()) {
        fetchFile(set, copy.set(), file.getKey(), file.getValue(), transfer);
      }
      set.pin(
          new Pin(
              "fetched from the store", requestedBy, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
      return set.publish(manifest, stored.bytes(), manifest.countsAsBackup());
    }
  }

  private void fetchFile(
      StagedSet set, String id, String name, Manifest.FileEntry entry, TransferProgress transfer)
      throws IOException {
    try (StagedFile file = set.create(name);
        InputStream in = transfer.reporting(name, store.open(id, name))) {
      in.transferTo(file);
      if (file.bytes() != entry.bytes() || !file.finish().equals(entry.sha256())) {
        throw new StoreException(name + " in the store differs from the manifest of its set");
      }
    }
    transfer.done(name, entry.bytes());
  }
}
