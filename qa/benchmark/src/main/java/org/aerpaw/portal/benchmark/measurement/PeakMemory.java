package org.aerpaw.portal.benchmark.measurement;

import java.util.Optional;

/**
 * The peak memory of a server, in bytes.
 *
 * @param process all of its process; unknown where the system does not tell
 * @param heap the most that a collection of garbage left in its heap
 */
public record PeakMemory(Optional<Long> process, long heap) {}
