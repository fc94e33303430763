package org.aerpaw.portal.benchmark;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be stopped at the end, or when the benchmark is interrupted, in the reverse order of
 * its start.
 */
final class CleanupStack implements AutoCloseable {

  /** Stops one thing. */
  @FunctionalInterface
  interface Stop {
    void stop() throws Exception;
  }

  private final Deque<Stop> stops = new ArrayDeque<>();
  private boolean closed;

  /** Stops everything as well when this JVM is reported to end. */
  static CleanupStack atEnd() {
    var stopping = new CleanupStack();
    Runtime.getRuntime().addShutdownHook(new Thread(stopping::close, "stop"));
    return stopping;
  }

  /**
   * @throws BenchmarkException if everything is being stopped already; the thing is then stopped at
   *     once
   */
  synchronized Stop add(Stop stop) throws BenchmarkException {
    if (closed) {
      quietly(stop);
      throw new BenchmarkException("It was reported to stop.");
    }
    stops.push(stop);
    return stop;
  }

  /** Stops one thing before its time. */
  synchronized void now(Stop stop) {
    if (stops.remove(stop)) {
      quietly(stop);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!stops.isEmpty()) {
      quietly(stops.pop());
    }
  }

  /** One that does not stop must not keep the others running. */
  private static void quietly(Stop stop) {
    try {
      stop.stop();
    } catch (Exception e) {
      System.err.println("Something did not stop: " + e);
    }
  }
}
