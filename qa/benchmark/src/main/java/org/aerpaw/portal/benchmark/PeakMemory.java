package org.aerpaw.portal.benchmark;

import java.io.IOException;
import java.util.Optional;

/**
 * The peak memory of a server, in bytes.
 *
 * @param process all of its process; unknown where the system does not tell
 * @param heap what a collection of garbage left in its heap
 */
record PeakMemory(Optional<Long> process, long heap) {

  static PeakMemory of(PortalServer portal) throws BenchmarkException, IOException {
    return new PeakMemory(portal.peakMemory(), portal.peakHeap());
  }
}
