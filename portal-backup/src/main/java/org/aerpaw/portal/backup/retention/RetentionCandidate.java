package org.aerpaw.portal.backup.retention;

import java.time.Instant;
import org.aerpaw.portal.backup.catalog.Manifest;

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
public record RetentionCandidate(
    String id,
    Instant taken,
    Kind kind,
    boolean verified,
    boolean latest,
    boolean damaged,
    boolean inUse,
    String pinReason) {

  /** What a set was made for. */
  public enum Kind {
    COMPLETE,
    PARTIAL,
    MASKED,
    SAFETY_BACKUP;

    /** The kind of the set with this manifest. */
    public static Kind of(Manifest manifest) {
      if (manifest.safetyBackup()) {
        return SAFETY_BACKUP;
      }
      if (manifest.mask() != null) {
        return MASKED;
      }
      return manifest.complete() ? COMPLETE : PARTIAL;
    }
  }
}
