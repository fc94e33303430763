package org.aerpaw.portal.backup.run;

import java.util.Optional;

/** Another run is in progress, on this or another server. */
public final class RunInProgressException extends Exception {

  private final transient Optional<Run> run;

  public RunInProgressException(Optional<Run> run) {
    super(
        "another run is in progress"
            + run.map(
                    other ->
                        ": %s %s, started at %s by %s"
                            .formatted(
                                other.kind().noun(),
                                other.id(),
                                other.started(),
                                other.requestedBy()))
                .orElse(""));
    this.run = run;
  }

  /** The run in progress; empty if it ended just now. */
  public Optional<Run> run() {
    return run;
  }
}
