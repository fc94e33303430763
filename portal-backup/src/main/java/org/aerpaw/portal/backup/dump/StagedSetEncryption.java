package org.aerpaw.portal.backup.dump;

import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.aerpaw.portal.backup.catalog.BackupSet;
import org.aerpaw.portal.backup.catalog.Manifest;
import org.aerpaw.portal.backup.catalog.StagedSet;
import org.aerpaw.portal.backup.catalog.VerificationResult;
import org.aerpaw.portal.backup.encryption.Recipients;
import org.aerpaw.portal.backup.encryption.SetEncryption;
import org.aerpaw.portal.backup.run.Progress;
import org.aerpaw.portal.backup.run.RunContext;
import org.aerpaw.portal.backup.run.RunFailedException;

/**
 * Encrypts the sets that dumps make. The server cannot decrypt them, so each is verified first,
 * except safety backups.
 *
 * @param recipients for whom they are encrypted
 * @param space receives how much space this takes
 */
public record StagedSetEncryption(Recipients recipients, SetVerifier verifier, DumpSpace space) {

  private static final String STAGE = "ENCRYPT";

  /**
   * Replaces the files of an unpublished set with encrypted ones.
   *
   * @param verified whether the set is verified first
   * @param warnings receives what is wrong with the set; it is encrypted nevertheless, since a set
   *     with errors is better than none
   * @return the manifest to publish the set with
   */
  Manifest encrypt(
      StagedSet set,
      Manifest manifest,
      boolean verified,
      RunContext dump,
      Consumer<String> warnings)
      throws RunFailedException, SQLException, IOException {
    BackupSet plain = set.asSet(manifest);
    VerificationResult verification =
        verified ? verifier.verify(plain, dump, warnings).orElse(null) : null;
    long objects = manifest.objects();
    Manifest encrypted =
        SetEncryption.encrypt(
            plain,
            recipients,
            verification,
            set::create,
            file -> dump.progress().accept(Progress.of(file, null, STAGE, objects, objects)));
    for (String file : manifest.files().keySet()) {
      set.delete(file);
    }
    if (manifest.countsAsBackup()) {
      space.save(manifest.bytes() + encrypted.bytes());
    }
    return encrypted;
  }
}
