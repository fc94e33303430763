package org.aerpaw.portal.cli.display;

import java.math.BigDecimal;
import java.time.Duration;

/** Formats numbers, sizes and ages for people. */
public final class Format {

  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private Format() {}

  /** {@code 1 file}, {@code 2 files}. */
  public static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  public static String seconds(BigDecimal seconds) {
    return seconds.toPlainString() + " seconds";
  }

  /** {@code 999 B}, {@code 1.4 kB}, {@code 20.5 MB}. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    int unit = 1;
    long divisor = 1000;
    while (unit < UNITS.length - 1 && bytes / divisor >= 1000) {
      unit++;
      divisor *= 1000;
    }
    return bytes / divisor + "." + bytes % divisor * 10 / divisor + " " + UNITS[unit];
  }

  /** {@code 45 s}, {@code 3 min}, {@code 5 h}, {@code 12 d}. */
  public static String age(Duration age) {
    if (age.toMinutes() < 1) {
      return Math.max(0, age.toSeconds()) + " s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + " min";
    }
    return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
  }
}
