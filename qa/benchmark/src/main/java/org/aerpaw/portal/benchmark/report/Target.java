package org.aerpaw.portal.benchmark.report;

import org.aerpaw.portal.benchmark.text.Formats;

/**
 * The limit for the ratio of two times.
 *
 * @param faster true for "at least so many times as fast", false for "at most so many times as
 *     long"
 */
record Target(boolean faster, double factor) {

  static Target atMost(double factor) {
    return new Target(false, factor);
  }

  static Target asFast(double factor) {
    return new Target(true, factor);
  }

  double ratio(double ours, double theirs) {
    return faster ? theirs / ours : ours / theirs;
  }

  boolean isMet(double ratio) {
    return faster ? ratio >= factor : ratio <= factor;
  }

  String text() {
    return (faster ? "at least " : "at most ") + Formats.factor(factor);
  }
}
