package org.aerpaw.portal.benchmark.report;

import org.aerpaw.portal.benchmark.measurement.Samples;

/**
 * How much longer a command takes than the run that it starts.
 *
 * @param seconds the differences
 */
record CommandOverhead(int objects, Samples seconds) {

  static final double MAX_SECONDS = 0.3;

  boolean missesTarget() {
    return seconds.median() > MAX_SECONDS;
  }
}
