package org.aerpaw.portal.conformance;

/** Django refused or failed; the message is its own. */
final class DjangoException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DjangoException(String message) {
    super(message);
  }
}
