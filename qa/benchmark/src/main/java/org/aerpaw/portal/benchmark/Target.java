package org.aerpaw.portal.benchmark;

/**
 * The limit for the ratio of two times.
 *
 * @param faster whether at least so many times as fast is meant, else at most so many times as long
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

  boolean isReached(double ratio) {
    return faster ? ratio >= factor : ratio <= factor;
  }

  String text() {
    return (faster ? "at least " : "at most ") + Formats.factor(factor);
  }
}
