package org.aerpaw.portal.backup.diff;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.encryption.Decryption;
import org.aerpaw.portal.backup.encryption.EncryptedManifest;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * A set that takes part in a comparison.
 *
 * @param stored the set as it is on the disk
 * @param manifest that of the decrypted files; that of the set if it is not encrypted
 * @param identity decrypts the files; null unless they are encrypted
 */
record DiffSet(BackupSet stored, Manifest manifest, Identity identity) {

  /**
   * @param identity null if the request has none
   * @throws InvalidRequestException if the set is encrypted, and not for the identity
   * @throws IOException if a manifest of an encrypted set is damaged
   */
  static DiffSet of(BackupSet set, Identity identity) throws InvalidRequestException, IOException {
    return set.manifest().isEncrypted()
        ? new DiffSet(set, EncryptedManifest.read(set.folder(), set.manifest(), identity), identity)
        : new DiffSet(set, set.manifest(), null);
  }

  String id() {
    return manifest.id();
  }

  InputStream open(String file) throws IOException {
    return identity == null
        ? Files.newInputStream(path(file))
        : new Decryption(identity, stored.manifest().files().get(storedName(file)).sha256())
            .open(path(file));
  }

  String damage(String file) throws IOException {
    return stored.damagedFiles().get(storedName(file));
  }

  Path path(String file) {
    return stored.folder().resolve(storedName(file));
  }

  private String storedName(String file) {
    return identity == null ? file : file + FixtureName.ENCRYPTED;
  }
}
