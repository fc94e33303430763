package org.aerpaw.portal.backup.retention;

import java.time.Instant;

/**
 * What the rules need to know of a backup set.
 *
 * @param taken the time of the snapshot
 * @param verified whether the last verification passed
 * @param latest whether {@code latest} points to it
 * @param damaged whether files are missing or have the wrong size
 * @param inUse whether it is being read
 * @param pinReason why it is pinned; null if it is not
 */
record StoredSet(
    String id,
    Instant taken,
    Kind kind,
    boolean verified,
    boolean latest,
    boolean damaged,
    boolean inUse,
    String pinReason) {

  /** What a set was made for. */
  enum Kind {
    COMPLETE,
    PARTIAL,
    SAFETY_BACKUP
  }
}
