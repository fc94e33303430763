package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunReport;
import org.aerpaw.portal.backup.store.contents.StoreContents;
import org.aerpaw.portal.backup.store.contents.StoreIndex;
import org.aerpaw.portal.backup.store.files.SetFile;
import org.aerpaw.portal.backup.store.files.StoreException;
import org.aerpaw.portal.backup.store.files.StoredCopy;
import org.aerpaw.portal.backup.store.transfer.CopyReport.CopiedFile;

/** Copies one set to the store, and then deletes the copies that its retention does not keep. */
public final class CopyJob {

  private final StoreIndex index;
  private final EncryptedCopies encryption;

  public CopyJob(StoreIndex index, EncryptedCopies encryption) {
    this.index = index;
    this.encryption = encryption;
  }

  /**
   * @param store the name of the store, for the report
   * @throws StoreException if the store fails, has a file of this set with different content, or
   *     has a damaged copy of it
   */
  public CopyReport copy(String store, BackupSet set, Consumer<Progress> progress)
      throws IOException {
    long began = System.nanoTime();
    Optional<StoreContents.Entry> present = index.read().find(set.id());
    discardEncryptedFiles(set.id());
    List<String> warnings = new ArrayList<>();
    List<CopiedFile> files =
        present.isPresent() && hasOtherFiles(present.get(), set)
            ? check(present.get(), set, warnings)
            : copy(set, present.map(StoreContents.Entry::copy), progress);
    index.read();
    discardEncryptedFiles(null);
    List<String> deleted = applyRetention(set.id(), warnings);
    return new CopyReport(
        store,
        set.id(),
        set.manifest().knownObjects(),
        files.stream().mapToLong(CopiedFile::bytes).sum(),
        files,
        deleted,
        warnings,
        RunReport.seconds(Duration.ofNanos(System.nanoTime() - began)));
  }

  private List<CopiedFile> copy(
      BackupSet set, Optional<StoredCopy> present, Consumer<Progress> progress) throws IOException {
    BackupSet source = set;
    Optional<StoredCopy> continued = present;
    if (encryption.encrypts(set)) {
      Optional<BackupSet> begun = encryption.begun(set);
      if (begun.isEmpty() && present.isPresent()) {
        // The files in the store are plain or from an earlier encryption, so the copy cannot be
        // continued.
        index.store().delete(set.id());
        continued = Optional.empty();
      }
      source = begun.isPresent() ? begun.get() : encryption.encrypt(set, progress);
    }
    return new SetCopier(
            index.store(), set.id(), SetFile.of(source), set.manifest().objects(), progress)
        .copy(continued);
  }

  /**
   * Whether the files of a complete copy cannot be compared with those of the set: only one of the
   * two is encrypted, or they were encrypted separately.
   */
  private boolean hasOtherFiles(StoreContents.Entry copy, BackupSet set) {
    boolean encrypted = copy.manifest().filter(Manifest::isEncrypted).isPresent();
    return copy.copy().hasManifest()
        && (encryption.encrypts(set) || encrypted != set.manifest().isEncrypted());
  }

  private List<CopiedFile> check(StoreContents.Entry copy, BackupSet set, List<String> warnings)
      throws IOException {
    List<CopiedFile> files = new StoredCopyCheck(index.store(), set.id()).check(copy);
    if (encryption.encrypts(set) && !copy.manifest().orElseThrow().isEncrypted()) {
      warnings.add(
          "the copy is not encrypted: it was made before PORTAL_ENCRYPT was set; to replace it,"
              + " delete it in the store");
    }
    return files;
  }

  /**
   * Deletes encrypted files that no copy needs any more.
   *
   * @param current a set that is being copied; null for none
   */
  private void discardEncryptedFiles(String current) throws IOException {
    Set<String> needed = new HashSet<>();
    index.plan().pending().forEach(set -> needed.add(set.id()));
    needed.add(current);
    encryption.retainOnly(needed);
  }

  /** A failure is a warning, since the copy was made. */
  private List<String> applyRetention(String copied, List<String> warnings) throws IOException {
    List<String> deleted = new ArrayList<>();
    for (String set : index.plan().deletable()) {
      // One that was copied on request is not deleted at once.
      if (!set.equals(copied)) {
        try {
          index.store().delete(set);
          deleted.add(set);
        } catch (StoreException e) {
          warnings.add("the copy of the set " + set + " cannot be deleted: " + e.getMessage());
        }
      }
    }
    if (!deleted.isEmpty()) {
      warnings.add("deleted older copies: " + String.join(", ", deleted));
      index.read();
    }
    return deleted;
  }
}
