package org.aerpaw.portal.backup.catalog;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Objects;

/**
 * The content of a set's {@code pinned.json}: the set is protected from being deleted by the
 * retention rules until the file is removed.
 *
 * @param by the user who pinned the set
 */
@JsonbPropertyOrder({"reason", "by", "pinnedAt"})
public record Pin(String reason, String by, Instant pinnedAt) {

  /** The file in the set. */
  public static final String FILE = "pinned.json";

  /** Stands for a pin whose file cannot be read: the set was pinned, so it stays protected. */
  static final Pin DAMAGED = new Pin(FILE + " is damaged", "unknown", Instant.EPOCH);

  public Pin {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(pinnedAt, "pinnedAt");
  }
}
