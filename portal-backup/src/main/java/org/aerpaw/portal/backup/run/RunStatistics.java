package org.aerpaw.portal.backup.run;

import java.util.Map;

/**
 * The history in numbers.
 *
 * @param counts the number of runs of each kind in each state
 * @param lastEnded the last run of each kind that ended; skipped ones do not count
 */
public record RunStatistics(Map<RunKind, Map<RunState, Long>> counts, Map<RunKind, Run> lastEnded) {

  /** The number of runs of a kind in a state. */
  public long count(RunKind kind, RunState state) {
    return counts.getOrDefault(kind, Map.of()).getOrDefault(state, 0L);
  }
}
