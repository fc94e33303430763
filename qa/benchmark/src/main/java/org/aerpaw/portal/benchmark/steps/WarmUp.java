package org.aerpaw.portal.benchmark.steps;

import java.time.Duration;

/**
 * The runs before a measurement, so that the server has compiled its code. Its compilers use a
 * tenth of a core for about half a minute.
 */
public final class WarmUp {

  public static final Duration TIME = Duration.ofSeconds(30);

  private WarmUp() {}

  /** Repeats the action until {@link #TIME} has passed, and at least so many times. */
  public static void repeat(int minimumTimes, Plan.Action action) throws Exception {
    long begin = System.nanoTime();
    for (int times = 0;
        times < minimumTimes || System.nanoTime() - begin < TIME.toNanos();
        times++) {
      action.take();
    }
  }
}
