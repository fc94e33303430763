package org.aerpaw.portal.launcher;

/** The server ended by itself after it had served. Only the message is shown to the operator. */
public final class ServerEndedException extends Exception {

  ServerEndedException(String message) {
    super(message);
  }
}
