package org.aerpaw.portal.benchmark.report;

import java.util.Optional;
import org.aerpaw.portal.benchmark.measurement.Samples;

/**
 * One line of the report: our time, the time of the peer, and their ratio.
 *
 * @param reported the median of what our runs reported themselves, in seconds
 * @param required whether the target applies at this size
 */
record Result(
    String name,
    int objects,
    Samples ours,
    Optional<Double> reported,
    String peer,
    Samples theirs,
    Target target,
    boolean required) {

  double ratio() {
    return target.ratio(ours.median(), theirs.median());
  }

  boolean missesTarget() {
    return required && !target.isMet(ratio());
  }
}
