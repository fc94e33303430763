package org.aerpaw.portal.web.security;

/** There is no admin token to be had. The start ends, and the message is for the operator. */
public final class AdminTokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AdminTokenException(String message) {
    super(message);
  }

  AdminTokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
