package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.store.files.SetFile;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.files.StoredCopy;
import org.aerpaw.portal.backup.store.transfer.CopyReport.CopiedFile;

/**
 * Copies one set to a store. Files that the store has are skipped, so an interrupted copy is
 * continued. The manifest is the last file: only then is there a copy.
 */
final class SetCopier {

  private final Store store;
  private final String set;
  private final List<SetFile> files;
  private final TransferProgress progress;

  /**
   * @param files in the order in which they are stored, the manifest last
   * @param objects the number of objects in all files
   */
  SetCopier(
      Store store, String set, List<SetFile> files, long objects, Consumer<Progress> progress) {
    this.store = store;
    this.set = set;
    this.files = files;
    long bytes = files.stream().mapToLong(SetFile::bytes).sum();
    this.progress = new TransferProgress(objects, bytes, progress);
  }

  /**
   * @param present what the store has of the set
   */
  List<CopiedFile> copy(Optional<StoredCopy> present) throws IOException {
    List<CopiedFile> copied = new ArrayList<>();
    for (SetFile file : files) {
      Long stored = present.map(copy -> copy.files().get(file.name())).orElse(null);
      if (stored == null) {
        store.put(set, reporting(file));
      } else {
        requireSame(file, stored);
      }
      progress.done(file.name(), file.bytes());
      copied.add(new CopiedFile(file.name(), file.bytes(), stored != null));
    }
    return copied;
  }

  private SetFile reporting(SetFile file) {
    return new SetFile(
        file.name(),
        file.bytes(),
        file.sha256(),
        () -> progress.reporting(file.name(), file.content().open()));
  }

  private void requireSame(SetFile file, long stored) throws IOException {
    if (stored != file.bytes() || !store.sha256(set, file.name()).equals(file.sha256())) {
      throw new StoreException(
          file.name()
              + " of the set "
              + set
              + " already exists in the store with different content; it was not overwritten");
    }
  }
}
