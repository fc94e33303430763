package org.aerpaw.portal.backup.diff;

import java.time.Instant;
import java.time.LocalTime;
import org.aerpaw.portal.backup.fixture.value.DoubleFormat;
import org.aerpaw.portal.backup.fixture.value.TimeFormat;
import org.aerpaw.portal.backup.fixture.value.TimestampFormat;
import org.aerpaw.portal.backup.fixture.value.TimestampPrecision;

/** Shortens values to texts for a report. */
final class ValueText {

  /**
   * In characters (code points); longer texts are shortened, since a value can be as large as an
   * eighth of the heap.
   */
  static final int MAX_LENGTH = 200;

  private ValueText() {}

  /** The value as a fixture has it, without quotes; null for null. */
  static String of(Object value) {
    return value == null ? null : shortened(text(value));
  }

  private static String text(Object value) {
    if (value instanceof Instant timestamp) {
      return TimestampFormat.format(timestamp, TimestampPrecision.EXACT);
    }
    if (value instanceof LocalTime time) {
      return TimeFormat.format(time, TimestampPrecision.EXACT);
    }
    if (value instanceof Double number) {
      return DoubleFormat.format(number);
    }
    return value.toString();
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= MAX_LENGTH
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_LENGTH - 3)) + "...";
  }
}
