package org.aerpaw.portal.backup.run;

import java.util.Optional;
import java.util.UUID;

/** Another run is under way, here or on another instance. */
public final class RunInProgressException extends Exception {

  private final transient Optional<UUID> runId;

  RunInProgressException(Optional<UUID> runId) {
    super("another run is in progress" + runId.map(id -> ": " + id).orElse(""));
    this.runId = runId;
  }

  /** Empty if it ended just now. */
  public Optional<UUID> runId() {
    return runId;
  }
}
