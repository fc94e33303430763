package org.aerpaw.portal.backup.store.transfer;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupCatalog;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.encryption.SetEncryption;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.Progress;

/**
 * Encrypts sets for their copies. Each encryption of a file gives different bytes, so the encrypted
 * files stay in a hidden directory until the copy is complete: an interrupted copy is continued
 * with the same files.
 */
public final class EncryptedCopies {

  /** In the dump directory. */
  private static final String FOLDER = ".copies";

  private static final String STAGE = "ENCRYPT";

  private final Optional<Recipients> recipients;
  private final BackupCatalog encrypted;

  /**
   * @param recipients for whom copies are encrypted; empty if they are not
   */
  public EncryptedCopies(Optional<Recipients> recipients, BackupCatalog catalog) {
    this.recipients = recipients;
    this.encrypted = new BackupCatalog(catalog.folder().resolve(FOLDER));
  }

  /** Whether the set is encrypted for its copy. */
  boolean encrypts(BackupSet set) {
    return recipients.isPresent() && !hasOnlyEncryptedFiles(set.manifest());
  }

  /** Files that were uploaded without a manifest may be encrypted too. */
  private static boolean hasOnlyEncryptedFiles(Manifest manifest) {
    return manifest.isEncrypted()
        || manifest.files().keySet().stream().allMatch(EncryptedCopies::isEncrypted);
  }

  private static boolean isEncrypted(String file) {
    return file.endsWith(FixtureName.ENCRYPTED);
  }

  /**
   * The encrypted files of a set whose copy was begun. If they are damaged or encrypted for other
   * recipients, they are deleted.
   */
  Optional<BackupSet> begun(BackupSet set) throws IOException {
    Optional<BackupSet> found = findReadable(set.id());
    if (found.isPresent()
        && found.get().manifest().encryption().recipients().equals(recipients.orElseThrow().keys())
        && found.get().verifyFiles().isEmpty()) {
      return found;
    }
    encrypted.remove(set.id());
    return Optional.empty();
  }

  private Optional<BackupSet> findReadable(String set) {
    try {
      return encrypted.find(set);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Encrypts the files of a set.
   *
   * @throws IOException if a file differs from the manifest, or if some files are already encrypted
   */
  public BackupSet encrypt(BackupSet set, Consumer<Progress> progress) throws IOException {
    for (String file : set.manifest().files().keySet()) {
      if (isEncrypted(file)) {
        throw new IOException(
            file
                + " is already encrypted and other files are not, so the copy cannot be encrypted");
      }
    }
    long objects = set.manifest().objects();
    try (StagedSet staged = encrypted.quarantine()) {
      Manifest manifest =
          SetEncryption.encrypt(
              set,
              recipients.orElseThrow(),
              set.verification().orElse(null),
              staged::create,
              file -> progress.accept(Progress.of(file, null, STAGE, 0, objects)));
      staged.publish(manifest, false);
    }
    return encrypted.find(set.id()).orElseThrow();
  }

  /** Deletes the encrypted files of all other sets. */
  void retainOnly(Collection<String> sets) throws IOException {
    for (BackupSet set : encrypted.all()) {
      if (!sets.contains(set.id())) {
        encrypted.remove(set.id());
      }
    }
  }
}
