package org.aerpaw.portal.benchmark;

import java.util.Optional;

/**
 * One line of the report: what we took, what the peer took, how they stand to each other.
 *
 * @param told the median of what our runs told themselves, in seconds
 * @param required whether the target is promised at this size
 */
record Result(
    String name,
    int objects,
    Samples ours,
    Optional<Double> told,
    String peer,
    Samples theirs,
    Target target,
    boolean required) {

  double ratio() {
    return target.ratio(ours.median(), theirs.median());
  }

  boolean isMissed() {
    return required && !target.isReached(ratio());
  }
}
