package org.aerpaw.portal.backup.catalog;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A set with what can change of it, read once.
 *
 * @param verified the time of the last verification, if that passed
 * @param damages see {@link BackupSet#damages}
 */
public record SetState(
    BackupSet set, Optional<Instant> verified, Optional<Pin> pin, Map<String, String> damages) {

  static SetState of(BackupSet set) throws IOException {
    return new SetState(set, set.verified(), set.pin(), set.damages());
  }
}
