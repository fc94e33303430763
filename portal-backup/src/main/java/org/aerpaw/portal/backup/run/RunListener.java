package org.aerpaw.portal.backup.run;

/**
 * Is notified of runs as they start and end. The methods are called by the thread that starts,
 * skips or executes the run, or finds that its server is gone, so they must not take long; their
 * exceptions are logged and ignored.
 */
public interface RunListener {

  /** A run of this server has started. */
  default void started(Run run) {}

  /** A run of this server has ended or was skipped, or one of a server that is gone was found. */
  default void ended(Run run) {}
}
