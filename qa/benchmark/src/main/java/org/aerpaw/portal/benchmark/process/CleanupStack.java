package org.aerpaw.portal.benchmark.process;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Stops servers and deletes files at the end, or when the benchmark is interrupted, in the reverse
 * order of their start.
 */
public final class CleanupStack implements AutoCloseable {

  /** Stops one thing. */
  @FunctionalInterface
  public interface Stop {
    void stop() throws Exception;
  }

  private final Deque<Stop> stops = new ArrayDeque<>();
  private boolean closed;

  private CleanupStack() {}

  /** Also stops everything when this JVM is asked to shut down. */
  public static CleanupStack atEnd() {
    var stopping = new CleanupStack();
    Runtime.getRuntime().addShutdownHook(new Thread(stopping::close, "stop"));
    return stopping;
  }

  /**
   * @throws BenchmarkException if everything is being stopped already; what was to be added is then
   *     stopped at once
   */
  public synchronized Stop add(Stop stop) throws BenchmarkException {
    if (closed) {
      quietly(stop);
      throw new BenchmarkException("The benchmark is shutting down.");
    }
    stops.push(stop);
    return stop;
  }

  /** Stops one of them early. */
  public synchronized void now(Stop stop) {
    if (stops.remove(stop)) {
      quietly(stop);
    }
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    while (!stops.isEmpty()) {
      quietly(stops.pop());
    }
  }

  /** A failure must not prevent the others from being stopped. */
  private static void quietly(Stop stop) {
    try {
      stop.stop();
    } catch (Exception e) {
      System.err.println("Something did not stop: " + e);
    }
  }
}
