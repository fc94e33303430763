package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.store.contents.StoreContents;
import org.aerpaw.portal.backup.store.files.Store;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.transfer.CopyReport.CopiedFile;

/**
 * Compares a copy in the store with its own manifest there, for copies whose files are not those of
 * the set, such as encrypted ones.
 */
final class StoredCopyCheck {

  private final Store store;
  private final String set;

  StoredCopyCheck(Store store, String set) {
    this.store = store;
    this.set = set;
  }

  /**
   * @throws StoreException if the copy is damaged. It cannot be repaired: encrypting its files
   *     again would give other ones.
   */
  List<CopiedFile> check(StoreContents.Entry copy) throws IOException {
    if (!copy.isComplete()) {
      throw damaged(copy.problem().orElseThrow());
    }
    List<CopiedFile> files = new ArrayList<>();
    for (Map.Entry<String, Manifest.FileEntry> file :
        copy.manifest().orElseThrow().files().entrySet()) {
      if (!store.sha256(set, file.getKey()).equals(file.getValue().sha256())) {
        throw damaged(file.getKey() + ": the sha256 differs from the manifest");
      }
      files.add(new CopiedFile(file.getKey(), file.getValue().bytes(), true));
    }
    files.add(new CopiedFile(Manifest.FILE, copy.copy().files().get(Manifest.FILE), true));
    return files;
  }

  private StoreException damaged(String problem) {
    return new StoreException(
        "the copy of the set "
            + set
            + " in the store is damaged ("
            + problem
            + ") and cannot be repaired; delete it there; the set will then be copied again");
  }
}
