package org.aerpaw.portal.launcher;

/**
 * The portal cannot be started, or ended by itself. The message is for the operator and is all that
 * is shown.
 */
public final class StartFailedException extends Exception {

  StartFailedException(String message) {
    super(message);
  }

  StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
