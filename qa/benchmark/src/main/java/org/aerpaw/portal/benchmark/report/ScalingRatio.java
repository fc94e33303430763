package org.aerpaw.portal.benchmark.report;

/**
 * How the time per object grows with the number of objects.
 *
 * @param less seconds at the smaller size
 * @param more seconds at the larger one
 */
record ScalingRatio(String name, int from, double less, int to, double more) {

  static final double MOST = 1.15;

  double factor() {
    return more / to / (less / from);
  }

  boolean isMissed() {
    return factor() > MOST;
  }
}
