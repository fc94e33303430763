package org.aerpaw.portal.backup.load.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.encryption.Decryption;
import org.aerpaw.portal.backup.encryption.EncryptedManifest;
import org.aerpaw.portal.backup.encryption.Identity;
import org.aerpaw.portal.backup.encryption.WrongIdentityException;
import org.aerpaw.portal.backup.fixture.compress.CorruptArchiveException;
import org.aerpaw.portal.backup.fixture.file.FixtureName;
import org.aerpaw.portal.backup.run.InvalidRequestException;

/**
 * The manifest of a directory of fixtures, and the identity that decrypts its files.
 *
 * @param publicManifest the unencrypted {@code manifest.json} in the directory; null if there is
 *     none
 * @param manifest that of the decrypted files; the same one if they are not encrypted
 * @param identity null if the request has none
 */
record FolderManifest(Manifest publicManifest, Manifest manifest, Identity identity) {

  /**
   * @param publicManifest the {@code manifest.json} in the directory, if there is one
   * @throws InvalidRequestException if it belongs to an encrypted set, and the identity is missing
   *     or not one of its recipients
   * @throws IOException if the manifest of an encrypted set was changed
   */
  static FolderManifest of(Path folder, Optional<Manifest> publicManifest, Identity identity)
      throws InvalidRequestException, IOException {
    Manifest manifest = publicManifest.orElse(null);
    if (manifest == null || !manifest.isEncrypted()) {
      return new FolderManifest(manifest, manifest, identity);
    }
    return new FolderManifest(
        manifest, EncryptedManifest.read(folder, manifest, identity), identity);
  }

  /**
   * Describes a file of the directory, and decrypts its header if it is encrypted.
   *
   * @param withManifest whether the sha256 of an encrypted file is compared with the manifest
   */
  FixtureFile file(String name, Path path, boolean withManifest)
      throws InvalidRequestException, IOException {
    String file = path.getFileName().toString();
    if (!file.endsWith(FixtureName.ENCRYPTED)) {
      return new FixtureFile(name, path, manifest);
    }
    if (Decryption.needsPassphrase(path)) {
      throw new InvalidRequestException(
          "fixtures",
          name + " is encrypted with a passphrase; decrypt it with age -d and load the result");
    }
    if (identity == null) {
      throw new InvalidRequestException(
          Identity.MEMBER,
          "a private key is needed for "
              + name
              + ", which is encrypted for "
              + Decryption.recipients(path)
              + "; see --identity");
    }
    Manifest.FileEntry entry = publicManifest == null ? null : publicManifest.files().get(file);
    if (publicManifest != null && entry == null && withManifest) {
      throw new InvalidRequestException("from", name + " is not in the manifest of its directory");
    }
    String sha256 = entry != null && withManifest ? entry.sha256() : null;
    var decryption = new Decryption(identity, sha256);
    try {
      decryption.check(path);
    } catch (WrongIdentityException e) {
      throw new InvalidRequestException(
          Identity.MEMBER,
          publicManifest != null && publicManifest.isEncrypted()
              ? "the private key decrypts the manifest of the set "
                  + publicManifest.id()
                  + ", but not "
                  + name
                  + ", which is damaged or belongs to another set"
              : "the private key does not decrypt "
                  + name
                  + ", which is encrypted for "
                  + Decryption.recipients(path));
    } catch (CorruptArchiveException e) {
      throw new InvalidRequestException("fixtures", name + ": " + e.getMessage());
    }
    // The manifest describes the bytes of the encrypted file, and not the objects in it.
    return new FixtureFile(name, path, manifest == publicManifest ? null : manifest, decryption);
  }
}
