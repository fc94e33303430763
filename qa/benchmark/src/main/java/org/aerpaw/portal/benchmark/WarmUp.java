package org.aerpaw.portal.benchmark;

import java.time.Duration;

/** The runs before a measurement, so that the server has compiled its code. */
final class WarmUp {

  static final Duration TIME = Duration.ofSeconds(10);

  private WarmUp() {}

  /** Does it at least so often, and until ten seconds have passed. */
  static void with(int least, Plan.Action action) throws Exception {
    long begin = System.nanoTime();
    for (int times = 0; times < least || System.nanoTime() - begin < TIME.toNanos(); times++) {
      action.take();
    }
  }
}
