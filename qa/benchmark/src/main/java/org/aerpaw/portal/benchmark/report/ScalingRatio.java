package org.aerpaw.portal.benchmark.report;

/**
 * How the time per object grows with the number of objects.
 *
 * @param secondsForFewer the time of the smaller number of objects
 * @param secondsForMore the time of the larger one
 */
record ScalingRatio(
    String name, int fewerObjects, double secondsForFewer, int moreObjects, double secondsForMore) {

  static final double MAX_FACTOR = 1.15;

  double factor() {
    return secondsForMore / moreObjects / (secondsForFewer / fewerObjects);
  }

  boolean missesTarget() {
    return factor() > MAX_FACTOR;
  }
}
