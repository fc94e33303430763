package org.aerpaw.portal.benchmark.portal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code -Xlog:gc} writes: {@code [2.1s][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation
 * Pause) 104M->45M(256M) 3.2ms}.
 */
final class GcLog {

  private static final Pattern LEFT = Pattern.compile("Pause .*->(\\d+)M\\(\\d+M\\) .*");
  private static final long MEGABYTE = 1024L * 1024;

  private GcLog() {}

  /** The most that any collection left in the heap, in bytes; 0 if there was none. */
  static long peak(List<String> lines) {
    return lines.stream()
        .map(LEFT::matcher)
        .filter(Matcher::find)
        .mapToLong(left -> Long.parseLong(left.group(1)) * MEGABYTE)
        .max()
        .orElse(0);
  }
}
