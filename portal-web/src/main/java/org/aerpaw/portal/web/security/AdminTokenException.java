package org.aerpaw.portal.web.security;

/**
 * The admin token cannot be read or created, which ends the start. The message is for the operator.
 */
public final class AdminTokenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  AdminTokenException(String message) {
    super(message);
  }

  AdminTokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
