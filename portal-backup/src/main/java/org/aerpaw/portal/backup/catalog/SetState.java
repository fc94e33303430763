package org.aerpaw.portal.backup.catalog;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A set together with its changeable parts (verification, pin, damages), as they were when read.
 *
 * @param verification the result of the last verification, if there is one
 * @param damagedFiles see {@link BackupSet#damagedFiles}
 */
public record SetState(
    BackupSet set,
    Optional<VerificationResult> verification,
    Optional<Pin> pin,
    Map<String, String> damagedFiles) {

  static SetState of(BackupSet set) throws IOException {
    return new SetState(set, set.verification(), set.pin(), set.damagedFiles());
  }

  /** The time of the last verification, if that passed. */
  public Optional<Instant> verified() {
    return verification.filter(VerificationResult::passed).map(VerificationResult::verifiedAt);
  }
}
