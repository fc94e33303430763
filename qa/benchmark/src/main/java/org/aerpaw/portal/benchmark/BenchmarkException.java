package org.aerpaw.portal.benchmark;

/**
 * The benchmark cannot go on: something did not start, failed, or did other than it should. The
 * message is for the reader.
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
