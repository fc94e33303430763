package org.aerpaw.portal.benchmark.process;

/**
 * The benchmark cannot continue: something did not start, failed, or gave a wrong result. The
 * message is for the user.
 */
public final class BenchmarkException extends Exception {

  private static final long serialVersionUID = 1L;

  public BenchmarkException(String message) {
    super(message);
  }

  public BenchmarkException(String message, Throwable cause) {
    super(message, cause);
  }
}
