package org.aerpaw.portal.benchmark.report;

import org.aerpaw.portal.benchmark.text.Formats;

/**
 * The limit for the ratio of two times.
 *
 * @param isSpeedup true for "at least so many times as fast", false for "at most so many times as
 *     long"
 */
record Target(boolean isSpeedup, double factor) {

  static Target atMost(double factor) {
    return new Target(false, factor);
  }

  static Target atLeastTimesAsFast(double factor) {
    return new Target(true, factor);
  }

  double ratio(double ours, double theirs) {
    return isSpeedup ? theirs / ours : ours / theirs;
  }

  boolean isMet(double ratio) {
    return isSpeedup ? ratio >= factor : ratio <= factor;
  }

  String text() {
    return (isSpeedup ? "at least " : "at most ") + Formats.factor(factor);
  }
}
