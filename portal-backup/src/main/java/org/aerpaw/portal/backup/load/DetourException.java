package org.aerpaw.portal.backup.load;

/**
 * Tells that objects cannot go straight into the tables. Nothing is wrong with that: they take the
 * way over the staging tables then.
 */
final class DetourException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DetourException(String reason) {
    super(reason);
  }
}
