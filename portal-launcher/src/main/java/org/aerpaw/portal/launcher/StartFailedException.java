package org.aerpaw.portal.launcher;

/** The portal could not be started. Only the message is shown to the operator. */
public final class StartFailedException extends Exception {

  StartFailedException(String message) {
    super(message);
  }

  StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
