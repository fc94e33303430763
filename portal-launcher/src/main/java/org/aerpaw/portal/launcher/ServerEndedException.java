package org.aerpaw.portal.launcher;

/**
 * The server stopped unexpectedly after it was ready. Only the message is shown to the operator.
 */
public final class ServerEndedException extends Exception {

  ServerEndedException(String message) {
    super(message);
  }
}
