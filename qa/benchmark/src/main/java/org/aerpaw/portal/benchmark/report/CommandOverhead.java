package org.aerpaw.portal.benchmark.report;

import org.aerpaw.portal.benchmark.measurement.Samples;

/**
 * How much longer a command takes than the run that it starts.
 *
 * @param seconds the differences
 */
record CommandOverhead(int objects, Samples seconds) {

  static final double MOST = 0.3;

  boolean isMissed() {
    return seconds.median() > MOST;
  }
}
