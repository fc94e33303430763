package org.aerpaw.portal.benchmark;

/**
 * The benchmark cannot continue: something did not start, failed, or gave a wrong result. The
 * message is for the user.
 */
final class BenchmarkException extends Exception {

  private static final long serialVersionUID = 1L;

  BenchmarkException(String message) {
    super(message);
  }

  BenchmarkException(String message, Throwable cause) {
    super(message, cause);
  }
}
